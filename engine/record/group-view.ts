// Chat groups as of a round, counted from the events.
import { NONE, type GroupView, type Population } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';
import { nameOf } from '../population/index.ts';
import type { Ledger } from './ledger.ts';

/** By what it is about and who made it; nobody names a group in so many words. */
export function groupName(population: Population, issue: number, founder: number): string {
  return `${nameOf(population, founder)}’s group on ${population.issues[issue]?.label ?? 'nothing'}`;
}

/** The largest first, of equals the older. */
export function groupsAt(ledger: Ledger, population: Population, round: number): readonly GroupView[] {
  const groups = new Map<number, { -readonly [Name in keyof GroupView]: GroupView[Name] }>();
  for (let at = 0; at <= round; at++) {
    const batch = ledger.batch(at);
    if (batch === undefined) break;
    for (let row = 0; row < batch.count; row++) {
      const kind = batch.kind[row] as number;
      if (kind === KIND.group) {
        const [seq, founder, issue] = [batch.firstSeq + row, batch.agent[row] as number, batch.issue[row] as number];
        groups.set(seq, { seq, name: groupName(population, issue, founder), founder, issue, members: 1, messages: 0 });
      } else if (kind === KIND.join || kind === KIND.leave || kind === KIND.message) {
        const group = groups.get(batch.target[row] ?? NONE);
        if (group === undefined) continue;
        if (kind === KIND.message) group.messages++;
        else group.members += kind === KIND.join ? 1 : -1;
      }
    }
  }
  return [...groups.values()].toSorted((left, right) => right.members - left.members || left.seq - right.seq);
}
