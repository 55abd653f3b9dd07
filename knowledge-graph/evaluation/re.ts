// Typed relations against the table format of CoNLL04, with the entities given and with our own.
import type { Document, EntityType } from '../contract.ts';
import type { Anchor } from '../coreference/resolve.ts';
import { extractDocument } from '../extraction/embedded.ts';
import { isHeadline } from '../language/analyse.ts';
import type { Sentence, Tagger, Token } from '../language/token.ts';
import { createWinkTagger } from '../language/wink-tagger.ts';
import { addEvidence, createCluster } from '../names/cluster.ts';
import { findFacts } from '../relations/find-facts.ts';
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
  const tagger = createWinkTagger();
  const modes = [
    { name: 'gold', title: 'entities given', rows: texts.map((gold) => ({ gold, found: withGoldEntities(gold, tagger) })) },
    { name: 'end-to-end', title: 'end to end', rows: texts.map((gold) => ({ gold, found: endToEnd(gold, tagger) })) },
  ] as const;
  const scored = modes.map((mode) => ({ ...mode, ...score(mode.rows) }));
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

const keyOf = (
  relation: string,
  ...ends: readonly { readonly start: number; readonly end: number; readonly type: string }[]
): string => [relation, ...ends.map(({ start, end, type }) => `${start}-${end}-${type}`)].join(' ');

function score(rows: readonly { readonly gold: GoldText; readonly found: readonly Predicted[] }[]) {
  let [right, predicted, expected] = [0, 0, 0];
  for (const { gold, found } of rows) {
    const keys = new Set(
      gold.relations.map(({ relation, subject, object }) =>
        keyOf(relation, ...[subject, object].map((end) => ({ ...end, type: family(TYPES[end.type] ?? 'unknown') }))),
      ),
    );
    const own = new Set(
      found.map(({ relation, subject, object }) =>
        keyOf(relation, ...[subject, object].map((end) => ({ ...end, type: family(end.type) }))),
      ),
    );
    right += [...own].filter((key) => keys.has(key)).length;
    predicted += own.size;
    expected += keys.size;
  }
  const precision = predicted === 0 ? 0 : right / predicted;
  const recall = expected === 0 ? 0 : right / expected;
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
    return findFacts(
      sentenceOf(tokens),
      anchors.toSorted((left, right) => left.from - right.from),
    ).flatMap((fact) => predictionOf(places.get(fact.subject), fact.predicate, places.get(fact.object)));
  });
}

function sentenceOf(tokens: readonly Token[]): Sentence {
  return {
    start: tokens[0]?.start ?? 0,
    end: tokens.at(-1)?.end ?? 0,
    block: 'paragraph',
    blockIndex: 0,
    tokens,
    headline: isHeadline(tokens, false),
  };
}

function predictionOf(subject: Place | undefined, predicate: string, object: Place | undefined): readonly Predicted[] {
  if (subject === undefined || object === undefined) return [];
  const relation = READINGS[`${family(subject.type)} ${predicate} ${family(object.type)}`];
  return relation === undefined ? [] : [{ subject, relation, object }];
}

function endToEnd(gold: GoldText, tagger: Tagger): readonly Predicted[] {
  const { entities, relations } = extractDocument(documentOf(gold), tagger);
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
