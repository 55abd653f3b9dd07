// Pronouns and "the company": points them at the last fitting thing within three sentences. What is found through
// them is worth 0.7 of what is named; they are no mentions of their own.
import type { EntityType } from '../contract.ts';
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { isRole } from '../lexicon/titles.ts';
import type { Sentence, TokenSpan } from '../language/token.ts';
import { subtypeOfCluster, typeOfCluster } from '../names/cluster.ts';
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

/** All anchors of each sentence in reading order: the named ones given, and those that refer back to them. */
export function withReferences(
  sentences: readonly Sentence[],
  named: readonly (readonly Anchor[])[],
): readonly (readonly Anchor[])[] {
  const recent: { readonly anchor: Anchor; readonly type: EntityType; readonly subtype: string | undefined }[] = [];
  return sentences.map((sentence, index) => {
    const own = [...(named[index] ?? [])];
    const covered = new Set(own.flatMap((anchor) => range(anchor.from, anchor.to)));
    sentence.tokens.forEach((token, at) => {
      if (covered.has(at)) {
        const anchor = own.find((candidate) => candidate.from === at && !candidate.indirect);
        if (anchor !== undefined && anchor.cluster.kind === 'name') {
          const { type } = typeOfCluster(anchor.cluster);
          recent.push({ anchor, type, subtype: subtypeOfCluster(anchor.cluster, type) });
        }
        return;
      }
      const near = recent.filter((entry) => index - entry.anchor.sentence <= REACH);
      const gender = GENDERED.get(token.lower);
      if (gender !== undefined) {
        const found = near.findLast(
          ({ anchor, type }) => type === 'person' && [undefined, 'either', gender].includes(anchor.cluster.pronouns.gender),
        );
        if (found !== undefined)
          own.push({ sentence: index, from: at, to: at + 1, cluster: found.anchor.cluster, indirect: true });
      } else if (token.lower === 'it' && at === 0) {
        const found = near.findLast(
          (entry) => entry.anchor.from < 3 && index - entry.anchor.sentence === 1 && ACTIVE.has(entry.type),
        );
        if (found !== undefined)
          own.push({ sentence: index, from: at, to: at + 1, cluster: found.anchor.cluster, indirect: true });
      } else if (token.lower === 'the') {
        const noun = sentence.tokens[at + 1];
        const after = sentence.tokens[at + 2];
        if (noun?.pos !== 'NOUN' && noun?.pos !== 'PROPN') return;
        if (after !== undefined && (/^(NOUN|PROPN)$/.test(after.pos) || after.lower === 'of')) return;
        const found = referent(recent, near, noun.lower);
        if (found !== undefined) own.push({ sentence: index, from: at, to: at + 2, cluster: found, indirect: true });
      }
    });
    return own.toSorted((left, right) => left.from - right.from || right.to - left.to);
  });
}

/** A noun names the last thing of that very kind, however far; failing that the last near thing of that type. */
function referent(
  all: readonly { readonly anchor: Anchor; readonly type: EntityType; readonly subtype: string | undefined }[],
  near: typeof all,
  noun: string,
): Cluster | undefined {
  const exact = all.findLast((entry) => entry.subtype === noun || entry.subtype?.endsWith(` ${noun}`) === true);
  if (exact !== undefined) return exact.anchor.cluster;
  if (isRole(noun)) return undefined;
  const type = typeOfKindNoun(noun);
  if (type === undefined || type === 'concept' || type === 'product' || type === 'person') return undefined;
  return near.findLast((entry) => entry.type === type)?.anchor.cluster;
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, index) => from + index);
