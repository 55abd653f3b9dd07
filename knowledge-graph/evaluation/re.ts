// Typed relations against the table format of CoNLL04, with the entities given and with our own.
import type { Document, EntityType } from '../contract.ts';
import type { Anchor } from '../coreference/resolve.ts';
import { extractDocument } from '../extraction/embedded.ts';
import { isHeadline } from '../language/analyse.ts';
import type { Sentence, Tagger, Token } from '../language/token.ts';
import { createTaggers } from '../language/taggers.ts';
import type { Taggers } from '../language/taggers.ts';
import { addEvidence, createCluster } from '../names/cluster.ts';
import { findFacts } from '../relations/find-facts.ts';
import { findVerbGroups } from '../relations/verb-groups.ts';
import { readConll04 } from './conll04.ts';
import type { GoldText } from './conll04.ts';
import type { Evaluation } from './evaluation.ts';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
}

interface Predicted {
  readonly subject: Place;
  readonly relation: string;
  readonly object: Place;
}

const TYPES: Readonly<Record<string, EntityType>> = { Peop: 'person', Org: 'organisation', Loc: 'place' };
const BODIES: ReadonlySet<EntityType> = new Set(['organisation', 'institution', 'media']);
const family = (type: EntityType): string => (BODIES.has(type) ? 'body' : type);

/** How our predicates read in CoNLL04's five relations, by the types at both ends. */
const READINGS: Readonly<Record<string, string>> = {
  'person work for body': 'Work_For',
  'person lead body': 'Work_For',
  'person member of body': 'Work_For',
  'person found body': 'Work_For',
  'person own body': 'Work_For',
  'body locate in place': 'OrgBased_In',
  'place locate in place': 'Located_In',
  'person live in place': 'Live_In',
  'person born in place': 'Live_In',
  'person lead place': 'Live_In',
  'person work for place': 'Live_In',
  'person kill person': 'Kill',
};

/**
 * Scores typed relations: a relation counts where both spans, both types and the relation are right. Predictions are
 * lines of text id, mode (`gold` or `end-to-end`), relation, subject and object with their offsets, with tabs between.
 */
export function evaluateRe(text: string): Evaluation {
  const texts = readConll04(text);
  const taggers = createTaggers();
  const given = texts.map((gold) => ({ gold, found: withGoldEntities(gold, taggers.for('en')) }));
  const own = texts.map((gold) => ({ gold, found: endToEnd(gold, taggers) }));
  const scored = [
    { title: 'entities given', ...score(given, isExact) },
    { title: 'end to end', ...score(own, isExact) },
    { title: 'end to end, spans overlap', ...score(own, isOverlapping) },
  ];
  const modes = [
    { name: 'gold', rows: given },
    { name: 'end-to-end', rows: own },
  ] as const;
  return {
    scores: scored.flatMap(({ title, precision, recall, f1 }) => [
      { name: `precision, ${title}`, value: precision },
      { name: `recall, ${title}`, value: recall },
      { name: `F1, ${title}`, value: f1 },
    ]),
    table: [
      ['', 'precision', 'recall', 'F1'],
      ...scored.map(({ title, precision, recall, f1 }) => [title, ...[precision, recall, f1].map((value) => value.toFixed(3))]),
    ],
    predictions: modes
      .flatMap(({ name, rows }) =>
        rows.flatMap(({ gold, found }) =>
          found.map(({ subject, relation, object }) =>
            [
              gold.id,
              name,
              relation,
              ...[subject, object].map(({ start, end }) => `${start}-${end} ${gold.text.slice(start, end)}`),
            ].join('\t'),
          ),
        ),
      )
      .map((line) => `${line}\n`)
      .join(''),
  };
}

type Rows = readonly { readonly gold: GoldText; readonly found: readonly Predicted[] }[];
type Fits = (own: Predicted, gold: Predicted) => boolean;

/** Both spans, both types and the relation. */
const isExact: Fits = (own, gold) =>
  own.relation === gold.relation &&
  [own.subject, own.object].every((end, at) => {
    const other = at === 0 ? gold.subject : gold.object;
    return end.start === other.start && end.end === other.end && family(end.type) === family(other.type);
  });

/** The same but for where a name begins and ends: "President Kennedy", "Kennedy". */
const isOverlapping: Fits = (own, gold) =>
  own.relation === gold.relation &&
  [own.subject, own.object].every((end, at) => {
    const other = at === 0 ? gold.subject : gold.object;
    return end.start < other.end && other.start < end.end && family(end.type) === family(other.type);
  });

const keyOf = ({ subject, relation, object }: Predicted): string =>
  [relation, subject.start, subject.end, object.start, object.end].join(' ');

function score(rows: Rows, fits: Fits): { readonly precision: number; readonly recall: number; readonly f1: number } {
  let [right, predicted, covered, expected] = [0, 0, 0, 0];
  for (const { gold, found } of rows) {
    const wanted = gold.relations.map(({ relation, subject, object }) => ({
      relation,
      subject: { ...subject, type: TYPES[subject.type] ?? 'unknown' },
      object: { ...object, type: TYPES[object.type] ?? 'unknown' },
    }));
    const own = [...new Map(found.map((relation) => [keyOf(relation), relation] as const)).values()];
    right += own.filter((relation) => wanted.some((other) => fits(relation, other))).length;
    covered += wanted.filter((other) => own.some((relation) => fits(relation, other))).length;
    predicted += own.length;
    expected += wanted.length;
  }
  const precision = predicted === 0 ? 0 : right / predicted;
  const recall = expected === 0 ? 0 : covered / expected;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Every given entity is a thing of its own with a certain type. */
function withGoldEntities(gold: GoldText, tagger: Tagger): readonly Predicted[] {
  const places = new Map<unknown, Place>();
  return tagger.tag(gold.text).flatMap((tokens, index): readonly Predicted[] => {
    const anchors = gold.entities.flatMap((entity): readonly Anchor[] => {
      const from = tokens.findIndex((token) => token.end > entity.start);
      const last = tokens.findLastIndex((token) => token.start < entity.end);
      if (from < 0 || last < from || (tokens[from]?.start ?? 0) >= entity.end) return [];
      const type = TYPES[entity.type] ?? 'unknown';
      const cluster = createCluster(`${entity.start}`, 'name');
      if (type !== 'unknown') addEvidence(cluster, [{ type, weight: 20 }]);
      places.set(cluster, { start: entity.start, end: entity.end, type });
      return [{ sentence: index, from, to: last + 1, cluster, indirect: false }];
    });
    const sentence = sentenceOf(tokens);
    const read = {
      sentence,
      anchors: anchors.toSorted((left, right) => left.from - right.from),
      groups: findVerbGroups(sentence),
    };
    return findFacts(read, []).flatMap((fact) => predictionOf(places.get(fact.subject), fact.predicate, places.get(fact.object)));
  });
}

function sentenceOf(tokens: readonly Token[]): Sentence {
  return {
    start: tokens[0]?.start ?? 0,
    end: tokens.at(-1)?.end ?? 0,
    block: 'paragraph',
    blockIndex: 0,
    depth: 'full',
    cell: undefined,
    tokens,
    headline: isHeadline(tokens, false),
    recognition: undefined,
  };
}

function predictionOf(subject: Place | undefined, predicate: string, object: Place | undefined): readonly Predicted[] {
  if (subject === undefined || object === undefined) return [];
  const relation = READINGS[`${family(subject.type)} ${predicate} ${family(object.type)}`];
  return relation === undefined ? [] : [{ subject, relation, object }];
}

function endToEnd(gold: GoldText, taggers: Taggers): readonly Predicted[] {
  const { entities, relations } = extractDocument(documentOf(gold), taggers);
  return relations.flatMap((relation) => {
    const place = (local: number | undefined): Place | undefined => {
      const entity = local === undefined ? undefined : entities[local];
      const mention =
        entity?.mentions.find(({ start, end }) => start >= relation.start && end <= relation.end) ?? entity?.mentions[0];
      return entity === undefined || mention === undefined ? undefined : { ...mention, type: entity.type };
    };
    return relation.polarity === 'negated'
      ? []
      : predictionOf(place(relation.subject), relation.predicate, place(relation.object));
  });
}

const documentOf = ({ id, text }: GoldText): Document => ({
  id,
  name: id,
  sha256: '',
  mediaType: 'text',
  title: undefined,
  author: undefined,
  publishedAt: undefined,
  language: 'en',
  text,
  blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
});
