// Who follows whom at the start: relations from the documents first, then ties that stay in one's circle as often as
// homophily says, lean to people of like opinion, and go to accounts in proportion to their reach.
// Invariant: the same for the same seed, whoever draws the rows.
import type { PopulationColumns, Ties } from '../contract.ts';
import { aliasTable } from './alias.ts';
import { allocateTies } from './columns.ts';
import type { Crew } from './crew.ts';
import type { Audiences, TiePlan, TieRows } from './tie-rows.ts';

export async function buildTies(columns: PopulationColumns, plan: TiePlan, crew: Crew): Promise<Ties> {
  const size = columns.age.length;
  const audiences = audiencesOf(columns, plan);
  const parts = await crew.map(0, size, (low, high) => ({ kind: 'ties', columns, plan, audiences, low, high }));
  return joined(size, parts as readonly TieRows[]);
}

function joined(size: number, parts: readonly TieRows[]): Ties {
  const ties = allocateTies(
    size,
    parts.reduce((sum, { targets }) => sum + targets.length, 0),
  );
  let agent = 0;
  let count = 0;
  for (const { degrees, targets, strength } of parts) {
    ties.targets.set(targets, count);
    ties.strength.set(strength, count);
    for (const degree of degrees) {
      count += degree;
      ties.offsets[++agent] = count;
    }
  }
  return ties;
}

function audiencesOf(columns: PopulationColumns, plan: TiePlan): Audiences {
  const weight = (agent: number): number => columns.reach[agent] ?? 1;
  const members = membersOf(columns, plan.communities);
  return {
    everyone: aliasTable(columns.age.length, weight),
    circles: members.map((list) => (list.length > 1 ? aliasTable(list, weight) : undefined)),
    named: members.map((_, community) =>
      plan.actors === 0
        ? undefined
        : aliasTable(plan.actors, (agent) => weight(agent) * (columns.community[agent] === community ? 4 : 1)),
    ),
  };
}

/** Agents of each circle in ascending order. */
function membersOf(columns: PopulationColumns, communities: number): readonly Uint32Array[] {
  const home = columns.community;
  const counts = new Uint32Array(communities);
  for (let agent = 0; agent < home.length; agent++) counts[home[agent] ?? 0] = (counts[home[agent] ?? 0] ?? 0) + 1;
  const members = Array.from(counts, (count) => new Uint32Array(new SharedArrayBuffer(count * 4)));
  counts.fill(0);
  for (let agent = 0; agent < home.length; agent++) {
    const circle = home[agent] ?? 0;
    const place = counts[circle] ?? 0;
    const list = members[circle];
    if (list !== undefined) list[place] = agent;
    counts[circle] = place + 1;
  }
  return members;
}
