// A request for a run (from the page or the API) as a loaded scenario.
import type { RunRequest } from '#api/contract';
import { BEHAVIOUR } from '#engine';
import { ShoalError } from '#foundation';
import { listScenarios, loadScenario, scenarioFromFiles, withOverrides } from '#scenarios';
import type { LoadedScenario } from '#scenarios/contract';
import type { Blobs } from './blobs.ts';

export interface RequestedRun {
  readonly loaded: LoadedScenario;
  readonly threads: number | undefined;
}

export async function loadRequest(request: RunRequest, blobs: Blobs): Promise<RequestedRun> {
  const base =
    request.scenario === undefined
      ? scenarioFromFiles(
          (request.uploads ?? []).map(({ sha256, name }) => ({ name, bytes: blobs.get(sha256) })),
          request.question ?? '',
          request.title === undefined ? {} : { title: request.title },
        )
      : await bundledScenario(request.scenario);
  const { question, title } = request.scenario === undefined ? {} : request;
  const { agents: size, rounds, ensemble, seed, model, agentShare, budgetUsd, threads } = request;
  return {
    loaded: withOverrides(base, { question, title, size, rounds, ensemble, seed, model, agentShare, budgetUsd }),
    threads,
  };
}

/** Over HTTP only bundled scenarios are opened: a path would let a caller read files of this machine. */
async function bundledScenario(name: string): Promise<LoadedScenario> {
  const names = (await listScenarios()).map((scenario) => scenario.name);
  if (names.includes(name)) return loadScenario(name, { behaviour: BEHAVIOUR });
  throw new ShoalError('not_found', `There is no bundled scenario “${name.slice(0, 80)}”.`, {
    hint: `Choose one of: ${names.join(', ')}.`,
  });
}
