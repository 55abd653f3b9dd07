// From documents to people: named actors out of the graph, a crowd around them, ties between them all, and what can be
// said. Invariant: the same graph, framing, scenario and persona texts give the same population, byte for byte.
import { ShoalError } from '#foundation';
import type { LanguageModel, ReportProgress } from '#foundation';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Framing, Scenario } from '#scenarios/contract';
import type { Population, Ties } from '../contract.ts';
import { actorStances } from './actor-stances.ts';
import { actorFacts } from './actor-facts.ts';
import { actorTexts } from './actor-texts.ts';
import { actorTies, fillActors, selectActors } from './actors.ts';
import { allocateColumns } from './columns.ts';
import { planCommunities } from './communities.ts';
import { createCrew } from './crew.ts';
import type { CrowdPlan } from './crowd.ts';
import { hashPopulation } from './encode.ts';
import { fieldOf } from './fields.ts';
import { actorHandles } from './handle.ts';
import { issueReader, wordReader } from './leaning.ts';
import { BODY_OCCUPATIONS, OCCUPATIONS, RETIRED, STUDENT } from './priors.ts';
import { rhythmTable } from './rhythms.ts';
import { regionsOf, valueAxis } from './surroundings.ts';
import { documentLean, talkingPoints } from './talking-points.ts';
import type { TiePlan } from './tie-rows.ts';
import { buildTies } from './ties.ts';
import { startOpinions } from '../policies/dynamics/start.ts';

export interface PopulationRequest {
  readonly graph: GraphSnapshot;
  readonly framing: Framing;
  readonly scenario: Scenario;
  /** Writes the named actors' personas; everything else is drawn. */
  readonly model: LanguageModel;
  /** Worker threads for large crowds, none by default. Never changes the population. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
}

const MAX_SOURCES = 6;

/** Makes everyone who lives in the world. Throws `cancelled`, or `invalid_input` where there is nothing to hold opinions on. */
export async function createPopulation(request: PopulationRequest): Promise<Population> {
  const { graph, framing, scenario } = request;
  const { size, actors: maxActors, meanDegree, homophily, reachExponent } = scenario.population;
  const { issues } = framing;
  if (issues.length === 0)
    throw new ShoalError('invalid_input', 'A population needs at least one issue.', { hint: 'Frame a question first.' });
  const tell = (done: number, message: string): void => request.onProgress?.({ done, total: size, message });

  const entities = selectActors(graph, Math.min(maxActors, size));
  const agentOf = new Map(entities.map((entity, agent) => [entity.id, agent]));
  const words = wordReader();
  const readers = issues.map((issue) => issueReader(issue, graph.entities, words));
  const points = talkingPoints(graph, readers, agentOf);
  const lean = documentLean(points, issues);
  const communities = planCommunities(graph, readers);
  const homes = new Map(communities.flatMap(({ members }, index) => members.map((id) => [id, index] as const)).toReversed());
  const communityOf = (entity: string): number => homes.get(entity) ?? communities.length - 1;
  const stances = actorStances(
    graph,
    entities,
    readers,
    (actor, issue) => communities[communityOf(entities[actor]?.id ?? '')]?.lean[issue] ?? 0,
    scenario.seed,
  );
  const facts = actorFacts(graph, entities, stances, issues);
  const texts = await actorTexts(facts, request.model, {
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });

  const occupations = [...OCCUPATIONS, STUDENT, RETIRED];
  const regions = regionsOf(graph);
  const columns = allocateColumns(size, issues.length);
  fillActors(columns, {
    seed: scenario.seed,
    entities,
    stances,
    communityOf,
    regionOf: regionFinder(graph, regions),
    bodyOccupation: occupations.length,
    reachExponent,
  });
  tell(entities.length, 'Drawing the crowd');
  const crowd: CrowdPlan = {
    seed: scenario.seed,
    communities,
    framing,
    documentLean: lean,
    valueAxis: issues.map(valueAxis),
    occupations,
    field: fieldOf(graph, occupations),
    regions,
    reachExponent,
  };
  const tiePlan: TiePlan = {
    seed: scenario.seed,
    meanDegree,
    homophily,
    actors: entities.length,
    communities: communities.length,
    known: actorTies(graph, agentOf),
  };
  const crew = createCrew(size, request.threads ?? 0, request.signal);
  let ties: Ties;
  try {
    await crew.map(entities.length, size, (low, high) => ({ kind: 'crowd', columns, plan: crowd, low, high }));
    tell(size, 'Drawing ties');
    ties = await buildTies(columns, tiePlan, crew);
  } finally {
    await crew.close();
  }
  startOpinions(columns, scenario.dynamics);
  const handles = actorHandles(entities.map(({ name }) => name));
  const parts: Omit<Population, 'hash'> = {
    size,
    seed: scenario.seed,
    issues,
    actors: entities.map((entity, agent) => {
      const { bio, role, goals, voice } = texts[agent] ?? { bio: '', role: '', goals: [], voice: '' };
      const handle = handles[agent] ?? '';
      return {
        agent,
        entity: entity.id,
        name: entity.name,
        handle,
        bio,
        role,
        goals,
        voice,
        sources: entity.sources.slice(0, MAX_SOURCES),
      };
    }),
    communities: communities.map(({ label, terms }) => ({ label, terms })),
    lexicon: {
      occupations: [...occupations.map(({ name }) => name), ...BODY_OCCUPATIONS],
      regions: regions.map(({ name }) => name),
      rhythms: rhythmTable(),
    },
    columns,
    ties,
    talkingPoints: points,
  };
  return { ...parts, hash: hashPopulation(parts) };
}

/** The first place that a relation of the entity names, or the most central place. */
function regionFinder(graph: GraphSnapshot, regions: readonly { readonly name: string }[]): (entity: string) => number {
  const names = new Map(graph.entities.filter(({ type }) => type === 'place').map(({ id, name }) => [id, name]));
  const bySubject = Map.groupBy(graph.relations, (relation) => relation.subject);
  return (entity) => {
    for (const relation of bySubject.get(entity) ?? []) {
      const index = regions.findIndex(({ name }) => name === names.get(relation.object ?? ''));
      if (index >= 0) return index;
    }
    return 0;
  };
}
