// Pronouns and "the company": points them at the last fitting thing within three sentences, failing that at what the
// title above names. What is found through them is worth 0.7 of what is named; they are no mentions of their own.
import type { EntityType } from '../contract.ts';
import { typeOfKindNoun } from '../lexicon/heads.ts';
import type { Gender } from '../lexicon/given-names.ts';
import { isRole } from '../lexicon/titles.ts';
import type { Sentence, TokenSpan } from '../language/token.ts';
import { entityTypeOf, subtypeOfCluster } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';

export interface Anchor extends TokenSpan {
  readonly cluster: Cluster;
  /** Reached through a pronoun or a noun, not by name. */
  readonly indirect: boolean;
}

export const INDIRECT_CONFIDENCE = 0.7;
const REACH = 3;
const GENDERED = new Map([
  ['he', 'male'],
  ['she', 'female'],
  ['him', 'male'],
]);
const ACTIVE: ReadonlySet<EntityType> = new Set(['organisation', 'institution', 'media', 'product']);

/** Nouns that any body may go by. */
const GENERAL_BODIES: ReadonlySet<string> = new Set([
  'company',
  'firm',
  'organisation',
  'organization',
  'group',
  'business',
  'institution',
  'body',
  'agency',
  'authority',
  'outlet',
]);

const TITLES: ReadonlySet<Sentence['block']> = new Set(['title', 'heading']);

const BODIES: ReadonlySet<EntityType> = new Set(['organisation', 'institution', 'media']);

/** All anchors of each sentence in reading order: the named ones given, and those that refer back to them. */
export function withReferences(
  sentences: readonly Sentence[],
  named: readonly (readonly Anchor[])[],
): readonly (readonly Anchor[])[] {
  const memory = createMemory();
  return sentences.map((sentence, index) => {
    const given = named[index] ?? [];
    const own = [...given];
    const starts = new Map(given.map((anchor) => [anchor.from, anchor] as const));
    memory.enter(index);
    if (TITLES.has(sentence.block)) memory.open(given);
    const opens = sentences[index - 1]?.blockIndex !== sentence.blockIndex;
    for (let at = 0; at < sentence.tokens.length; at++) {
      const anchor = starts.get(at);
      if (anchor !== undefined) {
        if (anchor.cluster.kind === 'name') memory.remember(anchor);
        at = anchor.to - 1;
        continue;
      }
      const found = referenceAt(sentence, { index, at, opens: opens && at === 0 }, memory, given);
      if (found !== undefined)
        own.push({ sentence: index, from: at, to: at + found.length, cluster: found.cluster, indirect: true });
    }
    return own.toSorted((left, right) => left.from - right.from || right.to - left.to);
  });
}

interface Position {
  /** Of the sentence. */
  readonly index: number;
  /** Of the token. */
  readonly at: number;
  /** First word of a paragraph. */
  readonly opens: boolean;
}

interface Reference {
  readonly cluster: Cluster;
  /** In tokens. */
  readonly length: number;
}

function referenceAt(
  { tokens }: Sentence,
  { index, at, opens }: Position,
  memory: Memory,
  given: readonly Anchor[],
): Reference | undefined {
  const word = tokens[at]?.lower ?? '';
  const gender = GENDERED.get(word);
  if (gender !== undefined) {
    const isPerson = ({ type }: Seen): boolean => type === 'person';
    const genderOf = ({ anchor }: Seen): Gender | undefined => anchor.cluster.pronouns.gender;
    return (
      pointAt(memory.last((seen) => isPerson(seen) && genderOf(seen) === gender)) ??
      pointAt(memory.last((seen) => isPerson(seen) && (genderOf(seen) ?? 'either') === 'either')) ??
      (opens
        ? pointAt(memory.topic((seen) => isPerson(seen) && [gender, 'either', undefined].includes(genderOf(seen))))
        : undefined)
    );
  }
  if (word === 'it' && tokens[at - 1]?.lower === 'that') {
    const subject = given.find(({ to, cluster }) => to <= at && ACTIVE.has(entityTypeOf(cluster)));
    return subject === undefined ? undefined : { cluster: subject.cluster, length: 1 };
  }
  if (word === 'it' && at === 0) {
    return (
      pointAt(memory.last(({ anchor, type }) => anchor.from < 3 && index - anchor.sentence === 1 && ACTIVE.has(type))) ??
      (opens ? pointAt(memory.topic(({ type }) => ACTIVE.has(type))) : undefined)
    );
  }
  if (word === 'its' && tokens.slice(at + 1, at + 4).some(({ lower }) => isRole(lower))) {
    return (
      pointAt(memory.last(({ anchor, type }) => anchor.sentence === index && BODIES.has(type))) ??
      pointAt(memory.last(({ anchor, type }) => anchor.from < 3 && BODIES.has(type)))
    );
  }
  if (word !== 'the') return undefined;
  const noun = tokens[at + 1];
  const after = tokens[at + 2];
  const bare = noun?.pos === 'NOUN' || noun?.pos === 'PROPN';
  if (!bare || (after !== undefined && (/^(NOUN|PROPN)$/.test(after.pos) || after.lower === 'of'))) return undefined;
  const found = referent(memory, noun.lower);
  return found === undefined ? undefined : { cluster: found, length: 2 };
}

const pointAt = (seen: Seen | undefined): Reference | undefined =>
  seen === undefined ? undefined : { cluster: seen.anchor.cluster, length: 1 };

/** A noun names the last thing of that very kind, however far; failing that the last near thing of that type. */
function referent(memory: Memory, noun: string): Cluster | undefined {
  const last = memory.ofKind(noun);
  // "container formats like Ogg": an example of a kind is not what "the format" means later.
  const exact = last !== undefined && entityTypeOf(last) === 'concept' ? undefined : last;
  if (exact !== undefined || isRole(noun)) return exact;
  const type = typeOfKindNoun(noun);
  if (type === undefined || type === 'concept' || type === 'product' || type === 'person') return undefined;
  // "the club" is no league: a thing of another known kind is somebody else.
  const fits = ({ anchor }: Seen): boolean => {
    const subtype = subtypeOfCluster(anchor.cluster, type);
    return GENERAL_BODIES.has(noun) || subtype === undefined || subtype.split(' ').at(-1) === noun;
  };
  return memory.last((seen) => seen.type === type && fits(seen))?.anchor.cluster;
}

interface Seen {
  readonly anchor: Anchor;
  readonly type: EntityType;
}

/** What the text has named lately, and the last thing of each narrower kind. */
interface Memory {
  enter(sentence: number): void;
  remember(anchor: Anchor): void;
  /** The latest within reach that fits. */
  last(fits: (seen: Seen) => boolean): Seen | undefined;
  ofKind(noun: string): Cluster | undefined;
  /** A title or heading begins: the one thing that it names is what the text under it speaks of. */
  open(named: readonly Anchor[]): void;
  /** What the last title named, if it fits. */
  topic(fits: (seen: Seen) => boolean): Seen | undefined;
}

function createMemory(): Memory {
  let recent: Seen[] = [];
  const byKind = new Map<string, Cluster>();
  let topic: Seen | undefined;
  return {
    enter: (sentence) => {
      recent = recent.filter(({ anchor }) => sentence - anchor.sentence <= REACH);
    },
    remember: (anchor) => {
      const type = entityTypeOf(anchor.cluster);
      recent.push({ anchor, type });
      const subtype = subtypeOfCluster(anchor.cluster, type);
      if (subtype !== undefined) byKind.set(subtype, anchor.cluster).set(subtype.split(' ').at(-1) ?? subtype, anchor.cluster);
    },
    last: (fits) => recent.findLast(fits),
    ofKind: (noun) => byKind.get(noun),
    open: (named) => {
      const names = named.filter(({ cluster }) => cluster.kind === 'name');
      const [anchor] = names;
      topic = anchor !== undefined && names.length === 1 ? { anchor, type: entityTypeOf(anchor.cluster) } : undefined;
    },
    topic: (fits) => (topic !== undefined && fits(topic) ? topic : undefined),
  };
}
