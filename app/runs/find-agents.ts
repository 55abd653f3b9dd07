// Searching agents by words of their name, handle, occupation or community, page by page, without assembling
// the personas that are not shown.
import type { AgentsView } from '#api/contract';
import type { RunRecord } from '#engine/contract';
import { agentRow } from '../views/world-view.ts';

export interface AgentQuery {
  readonly q?: string | undefined;
  readonly kind?: 'named' | 'crowd' | undefined;
  readonly round: number;
  readonly offset: number;
  readonly limit: number;
}

/** A search over more agents than this looks at the first ones only, and `total` counts those found. */
const SEARCHED = 20_000;

export function findAgents(record: RunRecord, query: AgentQuery): AgentsView {
  const { size, actors } = record.population;
  const first = query.kind === 'crowd' ? actors.length : 0;
  const end = query.kind === 'named' ? actors.length : size;
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    const from = Math.min(end, first + query.offset);
    const to = Math.min(end, from + query.limit);
    return { total: end - first, agents: numbersFrom(from, to).map((agent) => agentRow(record, agent, query.round)) };
  }
  const found = numbersFrom(first, Math.min(end, first + SEARCHED)).flatMap((agent) => {
    const row = agentRow(record, agent, query.round);
    const text = `${row.name} ${row.handle} ${row.occupation} ${row.community} ${row.actorType}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [row] : [];
  });
  return { total: found.length, agents: found.slice(query.offset, query.offset + query.limit) };
}

const numbersFrom = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
