// A small invented world in the shapes of the API: Ostrava Bay argues about a bridge toll. Written by hand where a
// reader looks, spun out by formula where numbers are needed; the same on every run.
import type {
  AgentView,
  ChatView,
  CostsView,
  EntityView,
  Excerpt,
  GraphView,
  MeasuresView,
  PostView,
  ReportView,
  DivergenceView,
  RunView,
  ScenarioView,
  StatusView,
  SurveyView,
} from '#api/contract';

/** A number in [0, 1) that depends only on its arguments. */
function chance(...keys: readonly number[]): number {
  let hash = 2166136261;
  for (const key of keys) {
    hash = Math.imul(hash ^ (key + 0x9e37), 16777619);
    hash ^= hash >>> 13;
  }
  return ((hash >>> 0) % 100_003) / 100_003;
}
const pick = <T>(list: readonly T[], ...keys: readonly number[]): T => list[Math.floor(chance(...keys) * list.length)] as T;

export const STATUS: StatusView = {
  version: '0.1.0',
  home: './data',
  threads: 2,
  fetchesUrls: true,
  models: [
    { id: 'embedded/rules-1', kind: 'embedded', available: true, priced: true },
    { id: 'openai/gpt-5-mini', kind: 'provider', available: true, priced: true },
    { id: 'anthropic/claude-haiku', kind: 'provider', available: false, priced: true },
  ],
};

export const SCENARIOS: ScenarioView[] = [
  {
    name: 'quickstart',
    title: 'The bridge toll',
    description: 'A town weighs a toll on its only bridge: commuters, shopkeepers, the ferry company and the council.',
    questions: ['Will the council approve the bridge toll?'],
    agents: 500,
    rounds: 48,
    documents: ['gazette.md', 'council-minutes.txt', 'ferry-statement.html'],
  },
  {
    name: 'rumour',
    title: 'A rumour about the water',
    description: 'A post claims that the reservoir is poisoned. The utility answers a day later.',
    questions: ['Will most residents believe the rumour after two days?'],
    agents: 1000,
    rounds: 48,
    documents: ['utility.txt', 'forum-thread.html'],
  },
];

const ISSUE = { index: 0, label: 'Bridge toll', proposition: 'The bridge toll should go ahead.' };
const STAGES = ['documents', 'graph', 'population', 'rounds', 'ensemble', 'report'] as const;

export function stagesAt(running: number, done: number, total: number, message: string): RunView['stages'] {
  return STAGES.map((stage, index) => ({
    stage,
    state: index < running ? 'done' : index === running ? 'running' : 'waiting',
    done: index < running ? 1 : index === running ? done : 0,
    total: index === running ? total : 1,
    message: index === running ? message : '',
  }));
}

export function makeRun(id: string, part: Partial<RunView> = {}): RunView {
  return {
    id,
    title: 'The bridge toll',
    question: 'Will the council approve the bridge toll?',
    status: 'finished',
    stages: STAGES.map((stage) => ({ stage, state: 'done', done: 48, total: 48, message: '' })),
    createdAt: '2026-11-20T09:12:00Z',
    finishedAt: '2026-11-20T09:12:14Z',
    agents: 500,
    rounds: 48,
    roundsDone: 48,
    platforms: ['microblog', 'forum'],
    issues: [ISSUE],
    seed: 1,
    model: 'embedded (rule-based)',
    digest: '7f3a9c1e5d2b8046a1c9e7f05b3d8246c1a9e7f05b3d82467f3a9c1e5d2b8046',
    events: 41_280,
    elapsedMs: 13_420,
    costUsd: 0,
    budgetUsd: 1,
    hasGraph: true,
    hasPopulation: true,
    hasReport: true,
    rejected: [],
    ...part,
  };
}

/** As news does: a jump in the round after it, which wears off slowly. */
export const makeDivergence = (run: RunView): DivergenceView => ({
  run: run.id,
  with: run.forkOf?.id ?? '',
  agents: run.agents,
  sharedUntil: run.forkOf?.round ?? -1,
  rounds: Array.from({ length: run.roundsDone }, (_, round) => {
    const since = round - (run.forkOf?.round ?? -1) - 1;
    const distance = since < 0 ? 0 : 0.06 + 0.09 * (1 - 1 / (1 + since / 4)) + 0.01 * ((since * 7) % 5);
    return { round, identical: since < 0, distance, switched: distance / 2, shift: run.issues.map(() => -distance / 2) };
  }),
});

export const CATEGORICAL: Partial<RunView> = {
  title: 'Mandatory features',
  question: 'Which gateway feature will enterprises treat as mandatory within a year?',
  issues: ['Audit logs', 'Spend limits', 'Prompt guardrails', 'Semantic cache'].map((label, index) => ({
    index,
    label,
    proposition: `${label} will be mandatory.`,
  })),
};

const GAZETTE =
  'The council of Ostrava Bay will vote in March on a toll for the harbour bridge. Mayor Lena Holub called the toll “the only honest way to pay for repairs”. The Shopkeepers’ Union warned that a toll would empty the old town.';

function excerptOf(text: string): Excerpt {
  const start = GAZETTE.indexOf(text);
  return {
    span: { document: 'd1', start, end: start + text.length },
    documentName: 'gazette.md',
    before: GAZETTE.slice(Math.max(0, start - 60), start),
    text,
    after: GAZETTE.slice(start + text.length, start + text.length + 60),
  };
}
export const HONEST = excerptOf('the only honest way to pay for repairs');
const EMPTY = excerptOf('a toll would empty the old town');
const VOTE = excerptOf('will vote in March on a toll for the harbour bridge');

const NAMED = [
  ['person:lena-holub', 'Lena Holub', 'person', 'mayor'],
  ['organisation:shopkeepers-union', 'Shopkeepers’ Union', 'organisation', 'trade union'],
  ['institution:council', 'Council of Ostrava Bay', 'institution', 'council'],
  ['media:bay-gazette', 'Bay Gazette', 'media', 'newspaper'],
  ['organisation:blue-ferry', 'Blue Ferry Company', 'organisation', 'company'],
  ['person:tomas-ruzicka', 'Tomáš Růžička', 'person', 'engineer'],
  ['place:harbour-bridge', 'Harbour Bridge', 'place', 'bridge'],
  ['place:old-town', 'Old Town', 'place', undefined],
  ['law:toll-ordinance', 'Toll Ordinance', 'law', 'ordinance'],
  ['event:march-vote', 'March vote', 'event', undefined],
  ['amount:4-2-million', '4.2 million', 'amount', undefined],
] as const;
const TIES: readonly (readonly [number, string, number, boolean])[] = [
  [0, 'propose', 8, false],
  [1, 'oppose', 8, false],
  [2, 'vote on', 8, false],
  [3, 'report on', 9, false],
  [4, 'profit from', 8, false],
  [5, 'inspect', 6, false],
  [8, 'apply to', 6, false],
  [9, 'decide', 8, false],
  [1, 'represent', 7, false],
  [0, 'lead', 2, false],
  [5, 'support', 0, true],
  [6, 'connect', 7, false],
  [8, 'raise', 10, false],
];
const ACTORS = new Set(['person', 'organisation', 'media', 'institution']);
const TYPES = ['person', 'organisation', 'media', 'institution', 'place', 'product', 'event', 'law', 'concept'] as const;

export function makeGraph(size = 60): GraphView {
  const named = NAMED.map(([id, name, type, subtype], index) => ({
    id,
    name,
    type: type as string,
    ...(subtype === undefined ? {} : { subtype }),
    salience: 1 - index * 0.07,
    community: index % 2 === 0 ? 'c1' : 'c2',
    ...(ACTORS.has(type) ? { agent: NAMED.slice(0, index).filter((other) => ACTORS.has(other[2])).length } : {}),
    x: Math.cos(index * 2.4) * (1 + index * 0.35),
    y: Math.sin(index * 2.4) * (1 + index * 0.35),
  }));
  const others = Array.from({ length: Math.max(0, size - named.length) }, (_, at) => {
    const index = at + named.length;
    const angle = index * 2.39996;
    const radius = 1.2 + Math.sqrt(index) * 0.9;
    const type = pick(TYPES, index, 5);
    return {
      id: `${type}:e${index}`,
      name: `${pick(['North', 'Old', 'Lower', 'Harbour', 'Saint', 'New'], index, 1)} ${pick(['Quay', 'Market', 'Line', 'Board', 'Herald', 'Trust', 'Works'], index, 2)} ${index}`,
      type,
      salience: 0.02 + chance(index, 3) ** 3 * 0.4,
      community: `c${1 + (index % 6)}`,
      x: Math.cos(angle) * radius,
      y: Math.sin(angle) * radius,
    };
  });
  const nodes: GraphView['nodes'] = [...named, ...others];
  const edges: GraphView['edges'] = TIES.map(([from, label, to, negated], index) => ({
    id: `r${index}`,
    source: NAMED[from]?.[0] ?? '',
    target: NAMED[to]?.[0] ?? '',
    label,
    negated,
    ...(index % 4 === 0 ? { validFrom: '2022-03' } : {}),
  }));
  for (let index = 11; index < nodes.length; index += 1)
    edges.push({
      id: `x${index}`,
      source: nodes[index]?.id ?? '',
      target: nodes[Math.floor(chance(index, 7) ** 2 * index)]?.id ?? '',
      label: pick(['mention', 'border', 'own', 'join'], index, 8),
      negated: false,
    });
  return {
    hash: 'c0ffee',
    documents: [
      { id: 'd1', name: 'gazette.md', mediaType: 'markdown', language: 'en', characters: 8412 },
      { id: 'd2', name: 'council-minutes.txt', mediaType: 'text', language: 'en', characters: 12_090 },
    ],
    totals: { entities: nodes.length, relations: edges.length, claims: 34, mentions: 288 },
    nodes,
    edges,
    communities: Array.from({ length: 6 }, (_, index) => ({
      id: `c${index + 1}`,
      level: 0,
      label: ['Council and bridge', 'Shops and ferry', 'Harbour', 'Press', 'Old town', 'Engineers'][index] ?? '',
      size: 10,
    })),
    dates: ['2019', '2022-03', '2024'],
  };
}

export function makeEntity(id: string): EntityView | undefined {
  const node = makeGraph().nodes.find((other) => other.id === id);
  if (node === undefined) return undefined;
  const names = new Map<string, string>(NAMED.map(([key, name]) => [key, name]));
  const relations = TIES.flatMap(([from, predicate, to, negated], index) => {
    const [subject, object] = [NAMED[from]?.[0] ?? '', NAMED[to]?.[0] ?? ''];
    if (subject !== id && object !== id) return [];
    return [
      {
        id: `r${index}`,
        subject,
        subjectName: names.get(subject) ?? '',
        predicate,
        object,
        objectName: names.get(object) ?? '',
        negated,
        modality: index % 3 === 1 ? 'reported' : 'asserted',
        confidence: 0.82,
        recorded: 1,
        ...(index === 0 ? { validFrom: '2019', validTo: '2024', expired: 2, supersededBy: 'r90' } : {}),
        contradicts: index === 9 ? ['r91'] : [],
        linked: [
          { id: 'r90', text: 'Petr Dvorak propose bridge toll' },
          { id: 'r91', text: 'Lena Holub not meet Petr Dvorak' },
        ],
        verified: index !== 9,
        excerpt: index % 2 === 0 ? VOTE : EMPTY,
      },
    ];
  });
  return {
    id,
    name: node.name,
    type: node.type,
    ...(node.subtype === undefined ? {} : { subtype: node.subtype }),
    aliases: id === 'person:lena-holub' ? ['Mayor Holub', 'Holub'] : [],
    confidence: 0.93,
    salience: node.salience,
    description: id === 'person:lena-holub' ? 'Mayor of Ostrava Bay, who proposes the toll to pay for repairs.' : undefined,
    ...(node.agent === undefined ? {} : { agent: node.agent }),
    relations,
    excerpts: [HONEST, VOTE],
  };
}

const spec = (name: string, perIssue: boolean, unit: string, meaning: string) => ({ name, perIssue, unit, meaning });
const timeOf = (round: number): string => new Date(Date.UTC(2026, 0, 5, 8 + round)).toISOString();

export function makeRound(round: number, issues = 1): MeasuresView['rounds'][number] {
  const day = 0.35 + 0.65 * Math.max(0, Math.sin(((round + 2) / 24) * Math.PI * 2) * 0.6 + 0.4);
  const turned = round > 12 ? Math.min(1, (round - 12) / 16) : 0;
  const measures: Record<string, number> = {
    active: Math.round(180 * day),
    posts: Math.round(40 * day + chance(round, 1) * 8),
    replies: Math.round(70 * day + chance(round, 2) * 14),
    reposts: Math.round(34 * day + chance(round, 3) * 9),
    likes: Math.round(210 * day + chance(round, 4) * 40),
    'attention-gini': 0.55 + chance(round, 5) * 0.05,
  };
  for (let issue = 0; issue < issues; issue += 1) {
    const support = 0.38 - issue * 0.05 + turned * (issue === 0 ? 0.17 : -0.04) + chance(round, 6, issue) * 0.012;
    const oppose = 0.41 - turned * 0.09 + chance(round, 7, issue) * 0.012;
    Object.assign(measures, {
      [`support:${issue}`]: support,
      [`oppose:${issue}`]: oppose,
      [`undecided:${issue}`]: 1 - support - oppose,
      [`leading:${issue}`]: Math.max(0, support / issues),
      [`opinion-mean:${issue}`]: support - oppose,
      [`polarisation:${issue}`]: 0.11 + turned * 0.05,
    });
  }
  return { round, time: timeOf(round), active: measures['active'] ?? 0, events: Math.round(860 * day), measures };
}

export function makeMeasures(rounds: number, issues = 1): MeasuresView {
  return {
    specs: [
      spec('support', true, 'share of agents', 'Agents whose opinion is above the undecided band'),
      spec('oppose', true, 'share of agents', 'Agents whose opinion is below the undecided band'),
      spec('undecided', true, 'share of agents', 'Agents inside the undecided band'),
      spec('leading', true, 'share of agents', 'Agents who agree with this issue more than with any other'),
      spec('opinion-mean', true, '−1 to 1', 'Mean opinion'),
      spec('polarisation', true, 'index', 'Esteban–Ray polarisation over 20 opinion bins'),
      spec('active', false, 'agents', 'Agents who opened a platform in the round'),
      spec('posts', false, 'events', 'Posts and quotes written in the round'),
      spec('replies', false, 'events', 'Replies written in the round'),
      spec('reposts', false, 'events', 'Posts shared on in the round'),
      spec('likes', false, 'events', 'Likes given in the round'),
      spec('attention-gini', false, '0 to 1', 'Gini coefficient of reactions received so far'),
    ],
    rounds: Array.from({ length: rounds }, (_, round) => makeRound(round, issues)),
    interventions: [
      { round: 12, text: 'The state offers to pay half of the repairs if a toll is agreed.', issue: 0, stance: 0.6, reach: 0.4 },
    ],
  };
}

const SAYINGS = [
  'A toll is the only honest way to pay for repairs. The bridge will not mend itself.',
  'I cross that bridge twice a day. Who did the sums for people like me?',
  'The union is right: a toll would empty the old town. Look at what happened in Kvarna.',
  'Half the money from the state changes everything. I was against it; now I am not so sure.',
  'Has anyone read the minutes? The vote is in March, not next week.',
  'Blue Ferry must be delighted. Funny how nobody talks about that.',
] as const;
const CROWD = [
  'Jana Veselá',
  'Omar Haddad',
  'Petra Novotná',
  'Ivan Kolar',
  'Mei Tanaka',
  'Rosa Lindqvist',
  'Dan Okafor',
] as const;

export function makePost(seq: number): PostView {
  const round = Math.floor(seq / 860);
  if (seq % 860 === 0 && round === 12)
    return {
      ...makePost(seq + 1),
      seq,
      kind: 'inject',
      agent: undefined,
      authorName: 'Event',
      authorHandle: 'event',
      authorType: 'intervention',
      text: 'The state offers to pay half of the repairs if a toll is agreed.',
      writtenBy: 'intervention',
      parent: undefined,
      excerpt: undefined,
    };
  const isNamed = chance(seq, 11) < 0.25;
  const agent = isNamed ? Math.floor(chance(seq, 12) * 6) : 6 + Math.floor(chance(seq, 13) * 494);
  const row = makeAgentRow(agent);
  const isReply = chance(seq, 14) < 0.4 && seq > 900;
  return {
    seq,
    kind: isReply ? 'reply' : 'post',
    round,
    time: timeOf(round),
    platform: chance(seq, 15) < 0.55 ? 'microblog' : 'forum',
    agent,
    authorName: row.name,
    authorHandle: row.handle,
    authorType: row.actorType,
    text: pick(SAYINGS, seq, 16),
    writtenBy: 'embedded',
    issue: 0,
    stance: Math.round((chance(seq, 17) * 2 - 1) * 100) / 100,
    ...(isReply ? { parent: seq - 1 - Math.floor(chance(seq, 18) * 700) } : {}),
    likes: Math.floor(chance(seq, 19) ** 4 * 180),
    dislikes: Math.floor(chance(seq, 20) ** 6 * 30),
    replies: Math.floor(chance(seq, 21) ** 3 * 14),
    reposts: Math.floor(chance(seq, 22) ** 5 * 40),
    warned: false,
    ...(chance(seq, 23) < 0.35 ? { excerpt: pick([HONEST, EMPTY, VOTE], seq, 24) } : {}),
  };
}

export function makeAgentRow(agent: number) {
  const actors = NAMED.filter((entity) => ACTORS.has(entity[2]));
  const actor = actors[agent];
  const name = actor?.[1] ?? `${pick(CROWD, agent, 31)} ${agent}`;
  const base = chance(agent, 32) * 2 - 1;
  return {
    agent,
    name,
    handle: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'),
    kind: actor === undefined ? ('crowd' as const) : ('named' as const),
    actorType: actor?.[2] ?? 'person',
    occupation: actor?.[3] ?? pick(['teacher', 'driver', 'nurse', 'shopkeeper', 'student', 'clerk'], agent, 33),
    community: pick(['Council and bridge', 'Shops and ferry', 'Harbour', 'Old town'], agent, 34),
    reach: actor === undefined ? 1 + chance(agent, 35) ** 6 * 20 : 12 + agent * 3,
    opinions: [base, -base, base / 2, base / 3],
    present: true,
  };
}

export function makeAgent(agent: number, round: number, run: RunView): AgentView {
  const row = makeAgentRow(agent);
  const isPerson = row.actorType === 'person';
  return {
    agent,
    round,
    present: true,
    persona: {
      kind: row.kind,
      ...(row.kind === 'named' ? { entity: NAMED.filter((entity) => ACTORS.has(entity[2]))[agent]?.[0] } : {}),
      actorType: row.actorType,
      name: row.name,
      handle: row.handle,
      bio:
        row.name === 'Lena Holub'
          ? 'Mayor of Ostrava Bay since 2021. Says what things cost and who pays.'
          : `A ${row.occupation} from the ${row.community.toLowerCase()} side of the bay.`,
      ...(isPerson ? { age: 24 + Math.floor(chance(agent, 41) * 50), gender: 'female', education: 'bachelor' } : {}),
      occupation: row.occupation,
      region: 'Ostrava Bay',
      traits: { openness: 0.62, conscientiousness: 0.81, extraversion: 0.55, agreeableness: 0.47, neuroticism: 0.3 },
      values: { 'openness-to-change': 0.5, 'self-enhancement': 0.35, conservation: 0.58, 'self-transcendence': 0.7 },
      rhythm: {
        name: 'early riser',
        activity: 0.4,
        hours: Array.from({ length: 24 }, (_, hour) => (hour < 5 ? 0.03 : Math.max(0.08, Math.sin(((hour - 4) / 20) * Math.PI)))),
      },
      reach: row.reach,
      followers: 214,
      following: 18,
      community: row.community,
      voice: { register: 'formal', description: 'Measured, full sentences, numbers where there are some' },
      goals: row.kind === 'named' ? ['Have the bridge repaired before winter', 'Keep the council together'] : [],
      excerpts: row.kind === 'named' ? [HONEST] : [],
    },
    stances: run.issues.map((issue) => ({
      issue: issue.index,
      label: issue.label,
      opinion: row.opinions[issue.index] ?? 0,
      certainty: 0.7,
      salience: 0.9,
      before: Math.max(-1, (row.opinions[issue.index] ?? 0) - 0.3),
    })),
    reasons: [{ round: 19, event: 16_410, issue: 0, change: 0.08, post: makePost(16_400) }],
    memory: [
      { round: 12, event: 10_320, kind: 'news', text: 'The state offers to pay half of the repairs.', importance: 0.95 },
      { round: 14, event: 12_051, kind: 'wrote', text: 'Half the money from the state changes everything.', importance: 0.6 },
      {
        round: 19,
        event: 16_400,
        kind: 'was moved',
        text: 'A reply by the engineer shifted the view by +0.08.',
        importance: 0.4,
      },
    ],
    posts: [12_051, 16_400].map((seq) => ({
      ...makePost(seq),
      agent,
      authorName: row.name,
      authorHandle: row.handle,
      authorType: row.actorType,
    })),
  };
}

export const answerOf = (agent: number, message: string, round: number): ChatView['turns'] => [
  { from: 'person', text: message, round, at: `2026-11-20T10:00:0${message.length % 10}Z`, events: [], excerpts: [] },
  {
    from: 'agent',
    text: `I am ${makeAgentRow(agent).name}. The bridge needs money, and the state's offer made up my mind.`,
    round,
    at: `2026-11-20T10:00:1${message.length % 10}Z`,
    events: [10_320, 12_051],
    excerpts: [HONEST],
    model: 'embedded (rule-based)',
  },
];

export const makeSurvey = (question: string, options: readonly string[]): SurveyView => ({
  question,
  round: 47,
  asked: 500,
  options: options.map((option, index) => ({
    option,
    count: [264, 180, 56][index] ?? 0,
    share: [0.528, 0.36, 0.112][index] ?? 0,
    standardError: 0.022,
  })),
  crossTabs: [
    {
      by: ['community'],
      groups: ['Council and bridge', 'Shops and ferry'].map((group, at) => ({
        group: [group],
        asked: 250,
        shares: options.map((_, index) => [0.6 - at * 0.2, 0.3 + at * 0.2, 0.1][index] ?? 0),
        standardErrors: options.map(() => 0.03),
      })),
    },
  ],
  method: 'Every agent answers from its opinion at the round, with noise that falls with its certainty; seeded.',
});

export const COSTS: CostsView = {
  totalUsd: 0.1834,
  budgetUsd: 1,
  spentUsd: 0.1834,
  reservedUsd: 0.012,
  rows: (['extraction', 'population', 'agents', 'chat', 'report'] as const).map((stage, index) => ({
    model: index === 1 ? 'embedded/rules-1' : 'openai/gpt-5-mini',
    stage,
    calls: 120 * (index + 1),
    cassetteHits: 14 * index,
    failures: index === 2 ? 3 : 0,
    inputTokens: 48_000 * (index + 1),
    outputTokens: 9000 * (index + 1),
    costUsd: index === 1 ? 0 : 0.0421 * index,
  })),
};

const SPREAD_LABEL = 'Spread of the simulation, not yet calibrated; the chance that the next world falls inside is 75 %';
const spread = (mean: number) => ({
  mean,
  median: mean,
  low: mean - 0.035,
  high: mean + 0.04,
  standardDeviation: 0.02,
  members: 7,
  label: SPREAD_LABEL,
});
const FIGURE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" width="640" height="200"><line x1="40" y1="170" x2="620" y2="170" stroke="var(--line-strong, #888)"/><polyline fill="none" stroke="var(--support, #1a5ea6)" stroke-width="2.500" points="40,120 160,118 200,112 300,80 420,66 620,60"/><polyline fill="none" stroke="var(--oppose, #b3431a)" stroke-width="2.500" stroke-dasharray="6 4" points="40,110 160,112 200,116 300,126 420,132 620,134"/><text x="626" y="63" font-size="11" fill="var(--ink, #222)"> </text><text x="520" y="52" font-size="12" fill="var(--support, #1a5ea6)">support</text><text x="520" y="150" font-size="12" fill="var(--oppose, #b3431a)">oppose</text></svg>`;

/** The same figure with code hidden in it, as a hostile document might bring about. */
const HOSTILE_SVG = FIGURE_SVG.replace('><line', ' onload="window.attacked = true"><script>window.attacked = true</script><line');

export function makeReport(run: RunView): ReportView {
  const binary = run.issues.length === 1;
  const options = binary
    ? [
        { option: 'yes', probability: 0.81, support: spread(0.56) },
        { option: 'no', probability: 0.19, support: spread(0.44) },
      ]
    : run.issues.map((issue, index) => ({
        option: issue.label,
        probability: [0.56, 0.31, 0.09, 0.04][index] ?? 0,
        support: spread([0.36, 0.31, 0.2, 0.13][index] ?? 0.1),
      }));
  return {
    version: 1,
    title: run.title,
    createdAt: '2026-11-20T09:12:14Z',
    forecasts: [
      {
        question: 0,
        text: run.question,
        kind: binary ? 'binary' : 'categorical',
        answer: options[0]?.option,
        options,
        persistence: options.map((option, index) => ({
          option: option.option,
          support: option.support.mean - 0.09 + index * 0.1,
        })),
        baselines: [],
        simulatedResolution: 'Yes if support among the decided is at least 50 % after the last round (measure “support”).',
        realWorldResolution: 'Nobody declared where this is looked up; the vote of the council in March would decide it.',
        calibration: 'uncalibrated',
      },
    ],
    sections: [
      {
        id: 'answer',
        title: 'What happened',
        claims: [
          {
            text: 'Support rose from 38 % to 56 % of those with an opinion, most of it after the offer of the state in round 12.',
            kind: 'finding',
            citations: [
              { kind: 'measure', name: 'support:0', round: 47 },
              { kind: 'event', seq: 10_320 },
            ],
            numbers: [{ value: 0.56, text: '56 %', source: { name: 'support', args: [0, 47] } }],
          },
          {
            text: 'The mayor calls the toll the only honest way to pay for repairs.',
            kind: 'seed-fact',
            citations: [{ kind: 'span', span: HONEST.span, excerpt: HONEST }],
            numbers: [],
          },
        ],
        figures: [
          {
            id: 'support',
            title: 'Support and opposition by round',
            caption: 'Shares of agents; the offer of the state arrives in round 12.',
            svg: binary ? HOSTILE_SVG : FIGURE_SVG,
            alt: 'Support rises from 38 to 56 percent, opposition falls from 41 to 33 percent.',
            data: [
              { round: 0, support: 0.38, oppose: 0.41 },
              { round: 47, support: 0.56, oppose: 0.33 },
            ],
          },
        ],
      },
      {
        id: 'voices',
        title: 'Voices that moved others',
        claims: [
          {
            text: 'Half the money from the state changes everything. I was against it; now I am not so sure.',
            kind: 'quote',
            citations: [{ kind: 'event', seq: 12_051 }],
            numbers: [],
          },
        ],
        figures: [],
      },
      {
        id: 'unknown',
        title: 'What is not known',
        claims: [
          {
            text: 'The documents do not say how high the toll would be; agents argue without a number.',
            kind: 'caution',
            citations: [{ kind: 'span', span: { document: 'd2', start: 10, end: 40 } }],
            numbers: [],
          },
        ],
        figures: [],
      },
    ],
    method: {
      runId: run.id,
      seed: 1,
      ensembleSeeds: [1, 2, 3, 4, 5, 6, 7],
      digest: run.digest ?? '',
      shoalVersion: '0.1.0',
      nodeVersion: '24.21.0',
      engineHash: 'a3f0',
      scenarioHash: 'b4e1',
      graphHash: 'c0ffee',
      agents: run.agents,
      rounds: run.rounds,
      events: run.events,
      model: run.model,
      costNanoUsd: 0,
    },
    check: { claims: 41, numbers: 63, citations: 77, rewritten: 2 },
  };
}
