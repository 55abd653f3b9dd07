// Chooses the options of an open "which …" question: candidates of the fitting kind, scored by how central they are
// and how near the question's words they stand, then thinned so that no two mean the same.
import type { EntityType, KnowledgeGraph } from '#knowledge-graph/contract';
import type { Candidate } from './candidates.ts';
import type { AskedThing } from './parsed.ts';
import type { Tagger } from './tagger.ts';

type Kind = EntityType | 'list-item';

const ABSTRACT: readonly Kind[] = ['concept', 'list-item', 'unknown'];
/** What a head noun can name. The first row whose words match decides. */
const KINDS: readonly { readonly heads: RegExp; readonly types: readonly Kind[] }[] = [
  {
    heads: /^(?:person|candidate|leader|minister|politician|player|author|ceo|official|expert|character|hero)$/,
    types: ['person'],
  },
  { heads: /^(?:company|vendor|provider|firm|startup|supplier|bank|business|employer|manufacturer)$/, types: ['organisation'] },
  {
    heads: /^(?:party|group|team|side|organisation|organization|camp|faction|union|club)$/,
    types: ['organisation', 'institution'],
  },
  { heads: /^(?:agency|court|institution|ministry|council|university|regulator|body)$/, types: ['institution', 'organisation'] },
  { heads: /^(?:newspaper|outlet|channel|media|magazine|broadcaster)$/, types: ['media'] },
  { heads: /^(?:country|city|region|place|state|town|district|location|site)$/, types: ['place'] },
  {
    heads: /^(?:product|tool|platform|service|app|application|model|brand|device|software|system|library|framework)$/,
    types: ['product', 'organisation'],
  },
  { heads: /^(?:law|bill|rule|regulation|reform)$/, types: ['law', 'concept'] },
  { heads: /^(?:event|incident|crisis|scandal)$/, types: ['event', 'concept'] },
  {
    heads:
      /^(?:feature|capability|function|control|requirement|measure|option|factor|reason|issue|topic|risk|benefit|skill|technology|trend|practice|policy|problem|argument|concern|threat)$/,
    types: ABSTRACT,
  },
];
/** Words that say that something is a feature, a need or a choice: their neighbourhood is where options are named. */
const NEAR_WORDS = [
  'feature',
  'capability',
  'provide',
  'include',
  'require',
  'support',
  'need',
  'must',
  'offer',
  'essential',
  'enforce',
  'control',
  'policy',
];
/** Too general to answer anything. */
const EMPTY = new Set(
  (
    'thing way time year month week day people team user company business example case part problem question answer system tool application app ' +
    'article post reader world work result number type kind level point step lot set use need model agent data platform service product feature option ' +
    'infrastructure developer engineer organization organisation enterprise customer code project layer approach solution image category idea term concept difference ' +
    'production environment architecture workflow application provider request response task operation process context information access support cost scale change'
  ).split(' '),
);

/** "Multiple teams", "better tools": counts and comparisons of things, and those who have them, are not features. */
const QUANTIFIERS = new Set(
  'multiple several many various different new other more better best few own same single every all some'.split(' '),
);
const HOLDERS = new Set(
  'team user people company enterprise customer developer engineer provider agent application system organization vendor'.split(
    ' ',
  ),
);

export interface RankInput {
  readonly graph: KnowledgeGraph;
  readonly tag: Tagger;
  readonly candidates: readonly Candidate[];
  readonly seeks: 'actor' | 'place' | 'thing';
  readonly asked: AskedThing;
  /** Words of the question: an option may not merely repeat them. */
  readonly questionLemmas: ReadonlySet<string>;
}

export function rankOptions(input: RankInput, limit: number): readonly Candidate[] {
  const types = fittingTypes(input.seeks, input.asked.head);
  const neighbourhood = weighChunks(input);
  const scored = input.candidates
    .filter((candidate) => fits(candidate, types, input))
    .map((candidate) => ({ candidate, score: score(candidate, types, input.asked.head, neighbourhood) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score || (left.candidate.label < right.candidate.label ? -1 : 1));
  const chosen: Candidate[] = [];
  for (const { candidate } of scored) {
    if (chosen.length === limit) break;
    if (!chosen.some((other) => overlaps(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

function fittingTypes(seeks: RankInput['seeks'], head: string | undefined): readonly Kind[] {
  if (seeks === 'place') return ['place'];
  const row = head === undefined ? undefined : KINDS.find(({ heads }) => heads.test(head));
  if (row !== undefined) return row.types;
  return seeks === 'actor' ? ['person', 'organisation', 'institution'] : [...ABSTRACT, 'law', 'product', 'event'];
}

const isAbstract = (types: readonly Kind[]): boolean => types.includes('list-item');

function fits(candidate: Candidate, types: readonly Kind[], { asked, questionLemmas }: RankInput): boolean {
  const bySubtype = asked.head !== undefined && candidate.subtype?.toLowerCase().split(' ').includes(asked.head) === true;
  if (!types.includes(candidate.type) && !bySubtype) return false;
  if (candidate.label.length > 48 || !/\p{L}{2}/u.test(candidate.label)) return false;
  if (candidate.lemmas.every((lemma) => questionLemmas.has(lemma))) return false;
  if (!isAbstract(types)) return true;
  if (candidate.proper) return false;
  const last = candidate.lemmas.at(-1) ?? '';
  // "AI gateway" is the topic of "which gateway features", not one of the features.
  if (asked.modifiers.includes(last) || (asked.head !== undefined && last === asked.head && candidate.lemmas.length === 1))
    return false;
  if (HOLDERS.has(last) || QUANTIFIERS.has(candidate.lemmas[0] ?? '')) return false;
  return !candidate.lemmas.every((lemma) => EMPTY.has(lemma)) && !(candidate.lemmas.length > 1 && questionLemmas.has(last));
}

interface WeighedChunk {
  readonly text: string;
  readonly weight: number;
}

/** Each chunk with the number of question and neighbour words it holds. */
function weighChunks({ graph, questionLemmas }: RankInput): readonly WeighedChunk[] {
  const words = [...questionLemmas].filter((word) => word.length > 3);
  return graph.snapshot.chunks.map((chunk) => {
    const text = graph.quote({ document: chunk.document, start: chunk.start, end: chunk.end }).toLowerCase();
    const asked = words.filter((word) => text.includes(word)).length;
    const near = NEAR_WORDS.filter((word) => text.includes(word)).length;
    return { text, weight: asked + near / 2 };
  });
}

function score(candidate: Candidate, types: readonly Kind[], head: string | undefined, chunks: readonly WeighedChunk[]): number {
  const forms = [candidate.inSentence, ...candidate.aliases].map((form) => form.toLowerCase());
  let presence = 0;
  let chunksWith = 0;
  for (const { text, weight } of chunks) {
    const at = forms.findIndex((form) => containsWord(text, form));
    if (at < 0) continue;
    chunksWith++;
    presence += weight;
  }
  if (chunksWith === 0) return 0;
  const closeness = presence / chunksWith;
  const spread = Math.sqrt(chunksWith);
  const subtypeMatch = head !== undefined && candidate.subtype?.toLowerCase().includes(head) === true ? 2 : 1;
  // Two words name a feature far more often than one; names in capitals are brands rather than features.
  const shape = isAbstract(types) ? (candidate.lemmas.length > 1 ? 1.6 : 0.8) * (candidate.type === 'list-item' ? 1.3 : 1) : 1;
  return (1 + closeness) * spread * (0.5 + candidate.salience) * shape * subtypeMatch;
}

function containsWord(text: string, form: string): boolean {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    if (!/\p{L}/u.test(text.charAt(at - 1)) && !/\p{L}{2}/u.test(text.slice(at + form.length, at + form.length + 2))) return true;
  }
  return false;
}

/** Two options of which one holds the other, or which limit the same thing, would split one answer. */
function overlaps(left: Candidate, right: Candidate): boolean {
  const [first, second] = [telling(left), telling(right)];
  return within(first, second) || within(second, first) || first[0] === second[0];
}

const within = (inner: readonly string[], outer: readonly string[]): boolean => inner.every((word) => outer.includes(word));

function telling(candidate: Candidate): readonly string[] {
  return candidate.lemmas
    .filter((lemma) => !EMPTY.has(lemma))
    .map((lemma) => lemma.replace(/(?:ing|ment|ion|s)$/, '').slice(0, 6));
}
