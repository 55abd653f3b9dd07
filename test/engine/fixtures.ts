// A hand-made world for tests of the engine: a small town argues about a bridge toll. Spans point into real text.
import type { Claim, Document, Entity, EntityType, GraphSnapshot, Relation, SourceSpan } from '#knowledge-graph/contract';
import { ScenarioSchema } from '#scenarios/contract';
import type { Framing, Scenario, ScenarioInput } from '#scenarios/contract';

const ARTICLE = `Ferrow council votes on bridge toll

The Ferrow town council will vote in March on a toll for the Old Harbour Bridge. Mayor Mara Voss supports the toll. "The bridge toll will pay for repairs that we have postponed for twenty years," Mara Voss told the Ferrow Courier.

The Harbour Traders Association opposes the toll. Its chair, Ilse Brandt, warned that the toll would hurt small shops on the east bank. "A bridge toll is unfair to people who cross twice a day to work," said Ilse Brandt.

The Ministry of Transport welcomed the plan. According to the ministry, bridges with a toll are repaired twice as fast as others. The ministry will fund a third of the repairs.

Engineer Tomas Reed criticised the council for its estimate. "The toll estimate ignores the cost of collecting it," Tomas Reed wrote. Residents of Eastbank fear that lorries will be diverted through their streets because of the toll.

Riverline Buses backs the toll because buses would be exempt. The Ferrow Courier reported that two thirds of drivers have never used the ferry. Citizens for Free Crossing announced a protest against the bridge toll in April.

A toll on the bridge would reduce traffic in the old town by a fifth, the council says. Shops in Westhaven closed after a similar toll was introduced there. The toll would improve safety for children who walk to school.`;

const DOCUMENT: Document = {
  id: 'd1',
  name: 'courier.txt',
  sha256: '0'.repeat(64),
  mediaType: 'text',
  title: 'Ferrow council votes on bridge toll',
  author: undefined,
  publishedAt: '2026-01-05',
  language: 'en',
  text: ARTICLE,
  blocks: [],
};

const spanOf = (text: string): SourceSpan => {
  const start = ARTICLE.indexOf(text);
  if (start < 0) throw new Error(`The fixture's article does not contain: ${text}`);
  return { document: 'd1', start, end: start + text.length };
};

const entity = (
  id: string,
  name: string,
  type: EntityType,
  salience: number,
  description?: string,
  subtype?: string,
): Entity => ({
  id,
  name,
  type,
  subtype,
  aliases: [],
  confidence: 0.9,
  salience,
  description,
  sources: ARTICLE.includes(name) ? [spanOf(name)] : [],
});

const ENTITIES: readonly Entity[] = [
  entity('person:mara-voss', 'Mara Voss', 'person', 0.9, 'Mayor Mara Voss supports the toll.', 'mayor'),
  entity('person:ilse-brandt', 'Ilse Brandt', 'person', 0.7, undefined, 'chair'),
  entity('person:tomas-reed', 'Tomas Reed', 'person', 0.4, undefined, 'engineer'),
  entity('institution:ferrow-town-council', 'Ferrow town council', 'institution', 0.8, undefined, 'council'),
  entity('institution:ministry-of-transport', 'Ministry of Transport', 'institution', 0.5, undefined, 'ministry'),
  entity(
    'organisation:harbour-traders-association',
    'Harbour Traders Association',
    'organisation',
    0.6,
    undefined,
    'association',
  ),
  entity('organisation:riverline-buses', 'Riverline Buses', 'organisation', 0.3),
  entity('organisation:citizens-for-free-crossing', 'Citizens for Free Crossing', 'organisation', 0.35),
  entity('media:ferrow-courier', 'Ferrow Courier', 'media', 0.55, undefined, 'newspaper'),
  entity('place:eastbank', 'Eastbank', 'place', 0.4),
  entity('place:westhaven', 'Westhaven', 'place', 0.2),
  entity('product:old-harbour-bridge', 'Old Harbour Bridge', 'product', 0.85),
  entity('concept:bridge-toll', 'bridge toll', 'concept', 1),
];

const claim = (
  id: string,
  text: string,
  speaker: string | undefined,
  sentiment: number,
  about: readonly string[] = ['concept:bridge-toll'],
): Claim => ({
  id,
  text,
  speaker,
  about,
  sentiment,
  polarity: 'affirmed',
  modality: speaker === undefined ? 'asserted' : 'reported',
  confidence: 0.8,
  sources: [spanOf(text)],
});

const CLAIMS: readonly Claim[] = [
  claim('c1', 'The bridge toll will pay for repairs that we have postponed for twenty years', 'person:mara-voss', 0.5),
  claim('c2', 'the toll would hurt small shops on the east bank', 'person:ilse-brandt', -0.7),
  claim('c3', 'A bridge toll is unfair to people who cross twice a day to work', 'person:ilse-brandt', -0.8),
  claim('c4', 'bridges with a toll are repaired twice as fast as others', 'institution:ministry-of-transport', 0.5),
  claim('c5', 'The toll estimate ignores the cost of collecting it', 'person:tomas-reed', -0.5),
  claim(
    'c6',
    'Residents of Eastbank fear that lorries will be diverted through their streets because of the toll',
    undefined,
    -0.5,
  ),
  claim('c7', 'Riverline Buses backs the toll because buses would be exempt', undefined, 0.5),
  claim('c8', 'A toll on the bridge would reduce traffic in the old town by a fifth', 'institution:ferrow-town-council', 0.4),
  claim('c9', 'Shops in Westhaven closed after a similar toll was introduced there', undefined, -0.4),
  claim('c10', 'The toll would improve safety for children who walk to school', undefined, 0.6),
  claim('c11', 'Citizens for Free Crossing announced a protest against the bridge toll in April', undefined, -0.4),
];

const relation = (id: string, subject: string, predicate: string, object: string, evidence: string): Relation => ({
  id,
  subject,
  predicate,
  object,
  literal: undefined,
  polarity: 'affirmed',
  modality: 'asserted',
  verified: true,
  speaker: undefined,
  confidence: 0.8,
  validFrom: undefined,
  validTo: undefined,
  precision: undefined,
  recorded: 1,
  expired: undefined,
  supersededBy: undefined,
  contradicts: [],
  sources: [spanOf(evidence)],
});

const RELATIONS: readonly Relation[] = [
  relation('r1', 'person:mara-voss', 'support', 'concept:bridge-toll', 'Mayor Mara Voss supports the toll.'),
  relation(
    'r2',
    'organisation:harbour-traders-association',
    'oppose',
    'concept:bridge-toll',
    'The Harbour Traders Association opposes the toll.',
  ),
  relation('r3', 'person:ilse-brandt', 'chair', 'organisation:harbour-traders-association', 'Its chair, Ilse Brandt'),
  relation(
    'r4',
    'person:tomas-reed',
    'criticise',
    'institution:ferrow-town-council',
    'Engineer Tomas Reed criticised the council for its estimate.',
  ),
  relation(
    'r5',
    'organisation:riverline-buses',
    'back',
    'concept:bridge-toll',
    'Riverline Buses backs the toll because buses would be exempt.',
  ),
  relation('r6', 'person:mara-voss', 'tell', 'media:ferrow-courier', 'Mara Voss told the Ferrow Courier'),
];

export const BRIDGE_GRAPH: GraphSnapshot = {
  version: 2,
  documents: [DOCUMENT],
  rejected: [],
  chunks: [{ id: 'k1', document: 'd1', start: 0, end: ARTICLE.length }],
  entities: ENTITIES,
  mentions: [],
  relations: RELATIONS,
  claims: CLAIMS,
  communities: [
    {
      id: 'g1',
      level: 0,
      parent: undefined,
      label: 'Council and ministry',
      members: [
        'person:mara-voss',
        'institution:ferrow-town-council',
        'institution:ministry-of-transport',
        'media:ferrow-courier',
      ],
      summary: [],
      sources: [],
    },
    {
      id: 'g2',
      level: 0,
      parent: undefined,
      label: 'Traders of the east bank',
      members: ['person:ilse-brandt', 'organisation:harbour-traders-association', 'place:eastbank'],
      summary: [],
      sources: [],
    },
  ],
  ontology: { entityTypes: [], relationTypes: [] },
  merges: [],
  edits: [],
  layout: [],
  extractor: { model: 'by hand', chunks: 1, fallbacks: 0 },
  hash: 'b'.repeat(64),
};

export const BRIDGE_FRAMING: Framing = {
  questions: [
    {
      index: 0,
      text: 'Will Ferrow introduce the bridge toll?',
      kind: 'binary',
      issues: [0],
      options: ['yes', 'no'],
      threshold: 0.5,
      realWorldResolution: 'The council’s vote.',
      simulatedResolution: 'Support among the decided in the last round.',
      assumptions: [],
    },
  ],
  issues: [
    {
      index: 0,
      id: 'bridge-toll',
      label: 'bridge toll',
      proposition: 'Ferrow should introduce the bridge toll.',
      terms: ['bridge toll', 'toll', 'tolls'],
      question: 0,
    },
  ],
};

/** One issue per answer, as framing makes of a categorical question. */
export const REPAIR_FRAMING: Framing = {
  questions: [
    {
      index: 0,
      text: 'Who should pay for the bridge?',
      kind: 'categorical',
      issues: [0, 1, 2],
      options: ['drivers', 'the ministry', 'shops'],
      threshold: 0.5,
      realWorldResolution: 'The council’s vote.',
      simulatedResolution: 'The answer that most agents prefer.',
      assumptions: [],
    },
  ],
  issues: (['drivers', 'the ministry', 'shops'] as const).map((label, index) => ({
    index,
    id: `payer-${index}`,
    label,
    proposition: `The bridge should be paid for by ${label}.`,
    terms: [label.replace('the ', ''), ...(index === 0 ? ['toll'] : [])],
    question: 0,
  })),
};

export const bridgeScenario = (changes: Partial<ScenarioInput> = {}): Scenario =>
  ScenarioSchema.parse({
    name: 'bridge',
    title: 'The bridge toll',
    description: 'A town argues.',
    documents: ['courier.txt'],
    questions: [{ text: 'Will Ferrow introduce the bridge toll?' }],
    ...changes,
  });
