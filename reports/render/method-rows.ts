// The method box as rows of a table, the same in every format.
import type { ForkNote, MethodBox } from '../contract.ts';
import { formatNumber } from '../numbers/format.ts';

const MOST_SEEDS = 12;

const forkRows = ({ id, title, round, changes }: ForkNote): readonly (readonly [label: string, value: string])[] => [
  ['Forked from', `${title} (${id}), ${round < 0 ? 'from its beginning' : `after its round ${round}`}`],
  ['Changed by the fork', changes.length === 0 ? 'nothing' : changes.join('; ')],
];

export function methodRows(method: MethodBox): readonly (readonly [label: string, value: string])[] {
  const seeds = method.ensembleSeeds;
  const shown = seeds.slice(0, MOST_SEEDS).join(', ');
  return [
    ['Run', method.runId],
    ...(method.fork === undefined ? [] : forkRows(method.fork)),
    ['Seed', String(method.seed)],
    [`Ensemble (${seeds.length})`, seeds.length > MOST_SEEDS ? `seeds ${shown}, …` : `seeds ${shown}`],
    ['Agents', formatNumber(method.agents, 'count')],
    ['Rounds', formatNumber(method.rounds, 'count')],
    ['Events', formatNumber(method.events, 'count')],
    ['Decisions by', method.model],
    ['Prose by', method.writer],
    ['Cost', formatNumber(method.costNanoUsd, 'usd')],
    ['Digest', method.digest],
    ['Scenario', method.scenarioHash],
    ['Graph', method.graphHash],
    ['Engine', method.engineHash],
    ['Versions', `Shoal ${method.shoalVersion}, Node ${method.nodeVersion}`],
  ];
}
