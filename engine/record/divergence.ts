// How far two runs of one origin have come apart, round by round: the same agents, compared with themselves.
import { ShoalError } from '#foundation';
import { UNDECIDED_BAND, type Divergence, type RunRecord } from '../contract.ts';

type Read = Pick<RunRecord, 'manifest' | 'rounds' | 'population' | 'summaries' | 'stateAt'>;

/** Over the rounds that both have lived. Throws `invalid_input` for runs of different populations. */
export function divergenceOf(first: Read, second: Read): Divergence {
  const [one, two] = [first.manifest, second.manifest];
  if (originOf(one) !== originOf(two) && one.populationHash !== two.populationHash) {
    throw new ShoalError(
      'invalid_input',
      `Runs ${one.runId} and ${two.runId} have different populations, so agents have no counterpart.`,
      {
        hint: 'Compare a run with its forks, or runs of one scenario with one seed.',
      },
    );
  }
  const issues = first.population.issues.length;
  const agents = Math.min(first.population.size, second.population.size);
  const [digests, others] = [first.summaries(), second.summaries()];
  const together = Math.min(digests.length, others.length);
  let sharedUntil = -1;
  while (sharedUntil + 1 < together && digests[sharedUntil + 1]?.digest === others[sharedUntil + 1]?.digest) sharedUntil++;
  const rounds = Array.from({ length: together }, (_, round) => {
    if (round <= sharedUntil) {
      return { round, identical: true, distance: 0, switched: 0, shift: Array.from({ length: issues }, () => 0) };
    }
    const [left, right] = [first.stateAt(round).opinion, second.stateAt(round).opinion];
    return { round, identical: false, ...apart(left, right, agents, issues) };
  });
  return { agents, sharedUntil, rounds };
}

const originOf = ({ runId, ancestors }: RunRecord['manifest']): string => ancestors?.[0]?.runId ?? runId;

const sideOf = (opinion: number): number => (opinion > UNDECIDED_BAND ? 1 : opinion < -UNDECIDED_BAND ? -1 : 0);

function apart(
  left: Float32Array,
  right: Float32Array,
  agents: number,
  issues: number,
): Pick<Divergence['rounds'][number], 'distance' | 'switched' | 'shift'> {
  const sums = new Float64Array(issues);
  let total = 0;
  let switched = 0;
  for (let agent = 0; agent < agents; agent++) {
    let other = false;
    for (let issue = 0; issue < issues; issue++) {
      const [a, b] = [left[agent * issues + issue] ?? 0, right[agent * issues + issue] ?? 0];
      total += Math.abs(b - a);
      sums[issue] = (sums[issue] ?? 0) + b - a;
      other ||= sideOf(a) !== sideOf(b);
    }
    if (other) switched++;
  }
  return {
    distance: total / (agents * issues),
    switched: switched / agents,
    shift: Array.from(sums, (sum) => sum / agents),
  };
}
