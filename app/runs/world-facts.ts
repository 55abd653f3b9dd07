// What a run's file says of its world: the truth that the catalogue's row follows.
import type { RunView } from '#api/contract';
import { openRecord } from '#engine';
import type { RunRecord } from '#engine/contract';

type WorldFacts = Pick<RunView, 'roundsDone' | 'events' | 'digest'>;

/** `digest` only once a round is committed. */
export function worldFacts(record: RunRecord): WorldFacts {
  const rounds = record.summaries();
  const last = rounds.at(-1);
  return {
    roundsDone: rounds.length,
    events: rounds.reduce((sum, round) => sum + round.events, 0),
    ...(last === undefined ? {} : { digest: last.digest }),
  };
}

export function worldFactsOf(path: string): WorldFacts {
  const record = openRecord(path);
  try {
    return worldFacts(record);
  } finally {
    record.close();
  }
}
