// A small world made by hand: a graph of two documents, a population of two hundred, twelve rounds of events.
// Implements the engine's RunRecord over arrays, so that reports are tested without running an engine.
import { EVENT_KINDS, NONE, UNDECIDED_BAND } from '#engine/contract';
import type {
  EventBatch,
  EventKind,
  MemberResult,
  Population,
  PostView,
  RoundSummary,
  RunRecord,
  StateView,
  WorldEvent,
} from '#engine/contract';
import { randomKey, uniform } from '#foundation';
import type { Document, Entity, GraphSnapshot, KnowledgeGraph, SourceSpan } from '#knowledge-graph/contract';
import { ScenarioSchema, type Framing } from '#scenarios/contract';

const TEXTS = [
  'The bridge toll would raise 40 million a year for the harbour. Mayor Ines Aldana said the toll keeps the old bridge safe for another generation. Shopkeepers fear that customers will turn away.',
  'The Shopkeepers Union opposes the bridge toll because small shops live from passing trade. A study by Northport University found that traffic fell by 12 per cent after the toll in Eastport.',
];

const document = (index: number, text: string): Document => ({
  id: `d${index + 1}`,
  name: `article-${index + 1}.txt`,
  sha256: 'f'.repeat(64),
  mediaType: 'text',
  title: index === 0 ? 'Harbour bridge: the <b>toll</b> debate' : 'What shops say',
  author: undefined,
  publishedAt: '2026-01-02',
  language: 'en',
  text,
  blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
});

const spanOf = (index: number, part: string): SourceSpan => {
  const start = (TEXTS[index] ?? '').indexOf(part);
  return { document: `d${index + 1}`, start, end: start + part.length };
};

const SPANS = {
  raise: spanOf(0, 'The bridge toll would raise 40 million a year for the harbour.'),
  safe: spanOf(0, 'Mayor Ines Aldana said the toll keeps the old bridge safe for another generation.'),
  fear: spanOf(0, 'Shopkeepers fear that customers will turn away.'),
  trade: spanOf(1, 'The Shopkeepers Union opposes the bridge toll because small shops live from passing trade.'),
};

const entity = (id: string, name: string, type: Entity['type'], salience: number): Entity => ({
  id,
  name,
  type,
  subtype: undefined,
  aliases: [],
  confidence: 0.9,
  salience,
  description: undefined,
  sources: [SPANS.raise],
});

const ENTITIES: readonly Entity[] = [
  entity('person:ines-aldana', 'Ines Aldana', 'person', 0.9),
  entity('organisation:shopkeepers-union', 'Shopkeepers Union', 'organisation', 0.8),
  entity('institution:northport-university', 'Northport University', 'institution', 0.4),
  entity('place:eastport', 'Eastport', 'place', 0.3),
  entity('place:northport', 'Northport', 'place', 0.3),
  entity('amount:40-million', '40 million', 'amount', 0.3),
];

export function graphOf(documents: readonly Document[], entities: readonly Entity[]): KnowledgeGraph {
  const snapshot: GraphSnapshot = {
    version: 2,
    documents,
    rejected: [],
    chunks: documents.flatMap((doc) =>
      doc.blocks.map((block, index) => ({ id: `${doc.id}.${index}`, document: doc.id, start: block.start, end: block.end })),
    ),
    entities,
    mentions: [],
    relations: [],
    claims: [],
    communities: [],
    ontology: { entityTypes: [], relationTypes: [] },
    merges: [],
    edits: [],
    layout: [],
    extractor: { model: 'embedded (rule-based)', chunks: documents.length, fallbacks: 0 },
    hash: 'a'.repeat(64),
  };
  return {
    snapshot,
    entities,
    relations: [],
    claims: [],
    communities: [],
    entity: (id) => entities.find((candidate) => candidate.id === id),
    neighbours: () => [],
    facts: () => [],
    path: () => undefined,
    search: () => [],
    provenance: () => [],
    quote: (span) => documents.find((doc) => doc.id === span.document)?.text.slice(span.start, span.end) ?? '',
  };
}

export const tollGraph = (): KnowledgeGraph =>
  graphOf(
    TEXTS.map((text, index) => document(index, text)),
    ENTITIES,
  );

export const SIZE = 200;
const ROUNDS = 12;

/** How the agents of a world lean: their opinion by issue, community and round. */
type Lean = (issue: number, community: number, round: number) => number;

export const tollFraming: Framing = {
  questions: [
    {
      index: 0,
      text: 'Will the council adopt the bridge toll by 2027?',
      kind: 'binary',
      issues: [0],
      options: ['yes', 'no'],
      threshold: 0.5,
      realWorldResolution: 'Not declared: nobody has said who would look up the outcome, where or when.',
      simulatedResolution:
        'Yes if support among the decided (support ÷ (support + oppose)) is at or above 50 % at the end of the last round.',
      assumptions: [],
    },
  ],
  issues: [
    {
      index: 0,
      id: 'adopt-the-bridge-toll',
      label: 'Adopt the bridge toll',
      proposition: 'The council will adopt the bridge toll by 2027',
      terms: ['bridge toll', 'toll'],
      question: 0,
    },
  ],
};

const tollLean: Lean = (_issue, community, round) =>
  ([0.5, -0.45, 0.05][community] ?? 0) + (round >= 6 ? 0.045 * (round - 5) : -0.01 * (round + 1));

export const featureFraming: Framing = {
  questions: [
    {
      index: 0,
      text: 'Which gateway features will enterprises treat as mandatory within a year?',
      kind: 'categorical',
      issues: [0, 1, 2],
      options: ['Audit logging', 'Budget limits', 'Semantic caching'],
      threshold: 0.5,
      realWorldResolution: 'Not declared: nobody has said who would look up the outcome, where or when.',
      simulatedResolution:
        'The option that the largest share of agents agrees with more than with any other (measure `leading`), at the end of the last round.',
      assumptions: ['The options were taken from the documents (Audit logging, Budget limits, Semantic caching).'],
    },
  ],
  issues: ['audit logging', 'budget limits', 'semantic caching'].map((name, index) => ({
    index,
    id: name.replace(' ', '-'),
    label: name.charAt(0).toUpperCase() + name.slice(1),
    proposition: `Enterprises will treat ${name} as mandatory within a year`,
    terms: [name],
    question: 0,
  })),
};

export const featureLean: Lean = (issue, community, round) =>
  (issue === community ? 0.3 : -0.1) + (issue === 0 ? 0.03 * round : 0);

export interface World {
  readonly record: RunRecord;
  readonly graph: KnowledgeGraph;
  readonly members: readonly MemberResult[];
  readonly control: MemberResult | undefined;
}

export function world(
  options: { readonly framing?: Framing; readonly lean?: Lean; readonly members?: number; readonly text?: string } = {},
): World {
  const { framing = tollFraming, lean = tollLean, members = 5 } = options;
  const graph = tollGraph();
  const main = recordOf(graph, framing, lean, 1, options.text);
  const results = Array.from({ length: members }, (_, index): MemberResult => {
    const record = index === 0 ? main : recordOf(graph, framing, lean, index + 1);
    return {
      seed: index + 1,
      digest: `digest-${index}`,
      rounds: record.summaries(),
      final: record.summaries().at(-1)?.measures ?? {},
    };
  });
  // Alone, opinions end half as far apart.
  const first = results[0];
  const control =
    first === undefined || members < 2
      ? undefined
      : { seed: 1, digest: 'control', rounds: [], final: halvedVariance(first.final) };
  return { record: main, graph, members: results, control };
}

const halvedVariance = (measures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [name, name.startsWith('opinion-variance') ? value / 2 : value]),
  );

const communityOf = (agent: number): number => agent % 3;

function stateOf(framing: Framing, lean: Lean, seed: number, round: number): StateView {
  const issues = framing.issues.length;
  const key = randomKey(seed, 'fixture');
  const opinion = new Float32Array(SIZE * issues);
  for (let agent = 0; agent < SIZE; agent++) {
    for (let issue = 0; issue < issues; issue++) {
      const noise =
        (uniform(key, agent, issue) - 0.5) * 0.9 + (uniform(key, 9999, issue) - 0.5) * 0.12 * Math.max(0, round + 1) * 0.2;
      opinion[agent * issues + issue] = Math.max(-1, Math.min(1, lean(issue, communityOf(agent), round) + noise));
    }
  }
  return {
    round,
    opinion,
    certainty: new Float32Array(SIZE * issues).fill(0.5),
    salience: new Float32Array(SIZE * issues).fill(0.5),
  };
}

const point = (index: number, source: SourceSpan, text: string, side: number) => ({
  index,
  issue: 0,
  lean: side,
  arousal: 0.5,
  text,
  source,
  speaker: undefined,
  origin: 'document' as const,
});

function populationOf(framing: Framing, lean: Lean, seed: number): Population {
  const issues = framing.issues.length;
  const { opinion, certainty, salience } = stateOf(framing, lean, seed, -1);
  return {
    size: SIZE,
    seed,
    issues: framing.issues,
    actors: [
      {
        agent: 0,
        entity: 'person:ines-aldana',
        name: 'Ines Aldana',
        handle: 'ines_aldana',
        bio: 'Mayor',
        role: 'mayor',
        voice: 'Speaks plainly.',
        goals: [],
        sources: [SPANS.safe],
      },
      {
        agent: 1,
        entity: 'organisation:shopkeepers-union',
        name: 'Shopkeepers Union',
        handle: 'shopkeepers24',
        bio: 'Union',
        role: 'union',
        voice: 'Speaks plainly.',
        goals: [],
        sources: [SPANS.trade],
      },
    ],
    communities: [
      { label: 'Harbour residents', terms: [] },
      { label: 'Shops & trade', terms: [] },
      { label: 'Commuters', terms: [] },
    ],
    lexicon: {
      occupations: ['clerk'],
      regions: ['Northport'],
      rhythms: [{ name: 'day', hours: Array.from({ length: 24 }, () => 1) }],
    },
    columns: {
      actorType: new Uint8Array(SIZE),
      community: Uint16Array.from({ length: SIZE }, (_, agent) => communityOf(agent)),
      age: new Uint8Array(SIZE).fill(40),
      gender: new Uint8Array(SIZE),
      education: new Uint8Array(SIZE),
      occupation: new Uint16Array(SIZE),
      region: new Uint16Array(SIZE),
      traits: new Float32Array(SIZE * 5),
      values: new Float32Array(SIZE * 4),
      opinion,
      certainty,
      salience,
      activity: new Float32Array(SIZE),
      rhythm: new Uint8Array(SIZE),
      reach: Float32Array.from({ length: SIZE }, (_, agent) => SIZE - agent),
    },
    ties: { offsets: new Uint32Array(SIZE + 1), targets: new Uint32Array(0), strength: new Float32Array(0) },
    talkingPoints: [
      point(0, SPANS.raise, 'raise', 0.6),
      point(1, SPANS.safe, 'safe', 0.8),
      point(2, SPANS.fear, 'fear', -0.5),
      point(3, SPANS.trade, 'trade', -0.9),
    ],
    hash: `population-${issues}`,
  };
}

const NEWS = {
  round: 6,
  text: 'Breaking: the council’s own study says the toll pays for 3 new ferries.',
  issue: 0,
  stance: 0.8,
  reach: 0.3,
};

interface Written {
  readonly event: WorldEvent;
  readonly text: string;
}

/** Six posts a round, replies to the round's first, likes for the first two. */
function eventsOf(framing: Framing, lean: Lean, text: string | undefined): readonly (readonly Written[])[] {
  let seq = 0;
  return Array.from({ length: ROUNDS }, (_, round) => {
    const written: Written[] = [];
    const add = (
      kind: EventKind,
      agent: number | undefined,
      target: number | undefined,
      issue: number,
      value: number,
      words: string,
    ): number => {
      written.push({
        event: { seq, round, kind, platform: 'microblog', agent, target, issue, point: undefined, value },
        text: words,
      });
      return seq++;
    };
    if (round === NEWS.round) add('inject', undefined, undefined, 0, NEWS.stance, NEWS.text);
    const first = Array.from({ length: 6 }, (_, index) => {
      const agent = (round * 7 + index) % SIZE;
      const issue = index % framing.issues.length;
      const stance = lean(issue, communityOf(agent), round);
      return add('post', agent, undefined, issue, stance, text ?? sentenceFor(round, index, stance));
    });
    for (let index = 0; index < 4; index++) {
      add(
        'reply',
        50 + index,
        first[0],
        0,
        index % 2 === 0 ? 0.4 : -0.4,
        `I ${index % 2 === 0 ? 'agree' : 'doubt it'}, round ${round}, voice ${index}.`,
      );
    }
    for (let index = 0; index < 12 - (round % 5); index++) add('like', 80 + index, first[index % 2], 0, 1, '');
    return written;
  });
}

const sentenceFor = (round: number, index: number, stance: number): string =>
  stance > UNDECIDED_BAND
    ? `The toll keeps our bridge safe, and ${round + 2} years from now we will be glad of it (${index}).`
    : stance < -UNDECIDED_BAND
      ? `My shop lost ${10 + index} customers in week ${round}; a toll would finish it.`
      : `I have not made up my mind about the toll yet, ${round}-${index}.`;

function recordOf(graph: KnowledgeGraph, framing: Framing, lean: Lean, seed: number, text?: string): RunRecord {
  const population = populationOf(framing, lean, seed);
  const rounds = eventsOf(framing, lean, text);
  const all = rounds.flat();
  const summaries = rounds.map((written, round): RoundSummary => ({
    round,
    time: '2026-01-05T08:00:00Z',
    active: 40 + ((round * 13) % 29),
    events: written.length,
    digest: `round-${round}`,
    measures: {
      ...opinionMeasures(framing, stateOf(framing, lean, seed, round)),
      ...countMeasures(written),
      'attention-gini': 0.61,
      'cross-talk': 0.5,
    },
  }));
  const post = (seq: number): PostView | undefined => {
    const found = all[seq];
    return found === undefined || !['post', 'reply', 'inject'].includes(found.event.kind)
      ? undefined
      : viewOf(found, all, population);
  };
  return {
    path: '/nowhere',
    isPresent: () => true,
    followCounts: () => ({ followers: 0, following: 0 }),
    manifest: {
      runId: 'run-1',
      title: 'Harbour toll',
      createdAt: '2026-01-05T08:00:00Z',
      scenarioHash: 'b'.repeat(64),
      graphHash: graph.snapshot.hash,
      populationHash: population.hash,
      seed,
      shoalVersion: '0.1.0',
      nodeVersion: 'v24.0.0',
      engineHash: 'c'.repeat(64),
      model: 'embedded (rule-based)',
    },
    scenario: ScenarioSchema.parse({
      name: 'harbour-toll',
      title: 'The harbour toll',
      description: 'A toll on a bridge.',
      documents: ['article-1.txt'],
      questions: [{ text: framing.questions[0]?.text ?? '' }],
      clock: { rounds: ROUNDS },
      interventions: [NEWS],
    }),
    framing,
    graph: graph.snapshot,
    population,
    rounds: ROUNDS,
    finished: true,
    digest: 'd'.repeat(64),
    summaries: () => summaries,
    batch: (round) => batchOf(rounds[round] ?? [], round),
    event: (seq) => all[seq]?.event,
    events: (query) =>
      all
        .map(({ event }) => event)
        .filter(
          (event) =>
            (query.round === undefined || event.round === query.round) &&
            (query.kind === undefined || event.kind === query.kind) &&
            (query.agent === undefined || event.agent === query.agent),
        )
        .slice(0, query.limit ?? Number.POSITIVE_INFINITY),
    post,
    posts: (query) =>
      all
        .flatMap(({ event }) => post(event.seq) ?? [])
        .filter(
          (view) =>
            (query.agent === undefined || view.agent === query.agent) &&
            (query.issue === undefined || view.issue === query.issue),
        )
        .toSorted((left, right) => (query.sort === 'top' ? right.likes - left.likes : right.seq - left.seq))
        .slice(0, query.limit ?? 50),
    groups: () => [],
    market: () => undefined,
    stateAt: (round) => stateOf(framing, lean, seed, round),
    persona: () => {
      throw new Error('no personas in this fixture');
    },
    memory: () => [],
    interventions: () => [NEWS],
    artifact: () => undefined,
    close: () => undefined,
  };
}

function viewOf({ event, text }: Written, all: readonly Written[], population: Population): PostView {
  const about = all.filter((other) => other.event.target === event.seq);
  const count = (kind: EventKind): number => about.filter((other) => other.event.kind === kind).length;
  const actor = population.actors.find((candidate) => candidate.agent === event.agent);
  const inject = event.kind === 'inject';
  return {
    seq: event.seq,
    kind: event.kind,
    round: event.round,
    platform: 'microblog',
    agent: event.agent,
    authorName: inject ? 'News' : (actor?.name ?? `Resident ${event.agent}`),
    authorHandle: inject ? 'news' : (actor?.handle ?? `resident${event.agent}`),
    authorType: inject ? 'intervention' : 'person',
    text,
    writtenBy: inject ? 'intervention' : 'embedded',
    issue: event.issue,
    stance: event.value,
    parent: event.target,
    likes: count('like'),
    dislikes: 0,
    replies: count('reply'),
    reposts: 0,
    warned: false,
    group: undefined,
    source: undefined,
  };
}

function batchOf(written: readonly Written[], round: number): EventBatch {
  const column = (read: (event: WorldEvent) => number): readonly number[] => written.map(({ event }) => read(event));
  return {
    round,
    firstSeq: written[0]?.event.seq ?? 0,
    count: written.length,
    kind: Uint8Array.from(column((event) => EVENT_KINDS.indexOf(event.kind))),
    platform: new Uint8Array(written.length),
    agent: Uint32Array.from(column((event) => event.agent ?? NONE)),
    target: Uint32Array.from(column((event) => event.target ?? NONE)),
    issue: Uint8Array.from(column((event) => event.issue)),
    point: new Uint32Array(written.length).fill(NONE),
    value: Float32Array.from(column((event) => event.value)),
  };
}

function countMeasures(written: readonly Written[]): Readonly<Record<string, number>> {
  const count = (kind: EventKind): number => written.filter(({ event }) => event.kind === kind).length;
  return { active: 40, posts: count('post'), replies: count('reply'), reposts: 0, likes: count('like'), dislikes: 0, follows: 0 };
}

function opinionMeasures(framing: Framing, { opinion }: StateView): Readonly<Record<string, number>> {
  const issues = framing.issues.length;
  const out: Record<string, number> = {};
  for (let issue = 0; issue < issues; issue++) {
    const values = Array.from({ length: SIZE }, (_, agent) => opinion[agent * issues + issue] ?? 0);
    const share = (test: (value: number, agent: number) => boolean): number => values.filter(test).length / SIZE;
    out[`support:${issue}`] = share((value) => value > UNDECIDED_BAND);
    out[`oppose:${issue}`] = share((value) => value < -UNDECIDED_BAND);
    out[`undecided:${issue}`] = 1 - share((value) => Math.abs(value) > UNDECIDED_BAND);
    out[`leading:${issue}`] = share((value, agent) =>
      Array.from({ length: issues }, (_, other) => other).every((other) => {
        const rival = opinion[agent * issues + other] ?? 0;
        return other === issue || value > rival || (value === rival && issue < other);
      }),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / SIZE;
    out[`opinion-mean:${issue}`] = mean;
    out[`opinion-variance:${issue}`] = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SIZE;
    out[`bimodality:${issue}`] = 0.5;
    out[`polarisation:${issue}`] = out[`opinion-variance:${issue}`] ?? 0;
    out[`echo:${issue}`] = 0.42;
    out[`moved:${issue}`] = 0.2;
  }
  return out;
}
