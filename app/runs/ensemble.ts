// Lives the members of an ensemble, and the control without contact, each once: what is done lies in the run's file, so a
// killed run goes on at the next member. It ends early where further members would change nothing that is said.
import { createPopulation, runForkMember, runMember } from '#engine';
import type { MemberResult, Population, RunFile, WorldSpec } from '#engine/contract';
import type { LanguageModel } from '#foundation';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { isSettled } from '#reports';
import { planEnsemble, type MemberPlan } from './ensemble-plan.ts';
import type { ProgressBoard } from './progress-board.ts';

export interface EnsembleContext {
  readonly file: RunFile;
  readonly graph: GraphSnapshot;
  readonly model: LanguageModel;
  readonly threads: number;
  readonly board: ProgressBoard;
  readonly signal: AbortSignal;
}

/**
 * The design of the first so many members, the main run first; the order of `members` in the file. Those of a fork share
 * its past, people and parameters among it, so they differ in their seeds only.
 */
export function livedPlan(file: RunFile, spec: WorldSpec, model: LanguageModel, lived: number): readonly MemberPlan[] {
  const plan = isFork(file)
    ? planEnsemble({ ...spec.scenario, priors: {} }, false)
    : planEnsemble(spec.scenario, model.kind !== 'provider');
  return plan.slice(0, lived);
}

const isFork = (file: RunFile): boolean => file.json('fork') !== undefined;

/** `main`: the recorded world, which is member 0. */
export async function liveEnsemble(context: EnsembleContext, spec: WorldSpec, main: MemberResult): Promise<void> {
  const { file, board, threads, signal } = context;
  const plan = livedPlan(file, spec, context.model, spec.scenario.ensemble);
  board.begin('ensemble', 'Living again with other draws');
  const members = [...((file.json('members') as MemberResult[] | undefined) ?? [])];
  const populationOf = populations(context, spec);
  const live = async (member: MemberPlan): Promise<MemberResult> => {
    const { behaviour, seed } = member;
    if (isFork(file)) return runForkMember(file.path, seed, { threads, signal });
    const population = await populationOf(member);
    return runMember({ ...spec, scenario: { ...spec.scenario, behaviour }, population, seed }, { threads, signal });
  };
  for (const member of plan.slice(members.length + 1)) {
    if (isSettled(spec.framing, [main, ...members])) break;
    signal.throwIfAborted();
    board.advance('ensemble', { done: member.index, total: plan.length, message: `Seed ${member.seed}` });
    members.push(await live(member));
    file.putJson('members', members);
  }
  file.putJson('members', members);
  // The past of a fork was lived in contact: without contact it would be another past.
  if (plan.length > 1 && !isFork(file) && file.json('control') === undefined) {
    board.advance('ensemble', { done: members.length + 1, total: plan.length, message: 'The control without contact' });
    file.putJson('control', await runMember({ ...spec, alone: true }, { threads, signal }));
  }
  board.advance('ensemble', { done: plan.length, total: plan.length, message: '' });
  board.end('ensemble', wordsFor(members.length + 1, plan.length));
}

const wordsFor = (lived: number, planned: number): string =>
  lived < planned ? `${lived} of ${planned} members; the answer was settled` : `${lived} members`;

/** Members of one population follow one another, so that only the last is kept. */
function populations({ graph, model, signal }: EnsembleContext, spec: WorldSpec): (member: MemberPlan) => Promise<Population> {
  let kept = { seed: spec.scenario.seed, population: spec.population };
  return async ({ populationSeed: seed }) => {
    if (kept.seed !== seed) {
      const scenario = { ...spec.scenario, seed };
      kept = { seed, population: await createPopulation({ graph, framing: spec.framing, scenario, model, signal }) };
    }
    return kept.population;
  };
}
