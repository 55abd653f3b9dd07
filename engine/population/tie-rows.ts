// The rows of the tie matrix for a range of agents: whom each follows, and how strongly.
// Invariants: a row depends on the plan and its agent alone, so ranges may be drawn anywhere in any order; no tie to
// oneself, none twice, targets ascending.
import { portableLog, randomKey, threefry2x32, uniform } from '#foundation';
import type { RandomKey } from '#foundation';
import type { PopulationColumns } from '../contract.ts';
import { sampleAlias } from './alias.ts';
import type { AliasTable } from './alias.ts';

export interface ActorTie {
  readonly from: number;
  readonly to: number;
  readonly strength: number;
}

export interface TiePlan {
  readonly seed: number;
  readonly meanDegree: number;
  readonly homophily: number;
  /** Number of named actors (agents 0 … actors − 1). */
  readonly actors: number;
  readonly communities: number;
  /** Between named actors, from the graph. */
  readonly known: readonly ActorTie[];
}

/** What targets are drawn from, by reach: everyone, each circle, and the named actors that this circle's people know. */
export interface Audiences {
  readonly everyone: AliasTable;
  /** Absent for a circle of one, who has nobody to follow inside it. */
  readonly circles: readonly (AliasTable | undefined)[];
  /** Absent where nobody is named. */
  readonly named: readonly (AliasTable | undefined)[];
}

/** The rows of one range, one after the other. */
export interface TieRows {
  readonly degrees: Uint32Array<ArrayBuffer>;
  readonly targets: Uint32Array<ArrayBuffer>;
  readonly strength: Float32Array<ArrayBuffer>;
}

/** Chance that a candidate of wholly opposite opinion is passed over. */
const OPINION_PICKINESS = 0.5;
const STRENGTH_STEPS = 64;

/** Rows of the agents `low … high − 1`. */
export function drawTieRows(columns: PopulationColumns, plan: TiePlan, audiences: Audiences, low: number, high: number): TieRows {
  const size = columns.age.length;
  const keys = {
    degree: randomKey(plan.seed, 'tie-degree'),
    target: randomKey(plan.seed, 'tie-target'),
    strength: randomKey(plan.seed, 'tie-strength'),
  };
  const { everyone, circles } = audiences;
  const known = Map.groupBy(plan.known, (tie) => tie.from);
  // A named actor outside one's circle is followed all the same, unless all or nothing was asked for.
  const mixed = plan.homophily > 0 && plan.homophily < 1;
  const degrees = new Uint32Array(high - low);
  let targets = new Uint32Array(Math.ceil((high - low) * (plan.meanDegree + 2)) + 1024);
  let count = 0;
  for (let agent = low; agent < high; agent++) {
    const wanted = degree(plan, keys.degree, agent, size);
    const needed = count + wanted + (known.get(agent)?.length ?? 0);
    if (needed > targets.length) targets = grown(targets, needed);
    const start = count;
    for (const tie of known.get(agent) ?? []) {
      if (!holds(targets, start, count, tie.to)) targets[count++] = tie.to;
    }
    count = drawRow(agent, wanted, targets, start, count);
    ascending(targets, start, count);
    degrees[agent - low] = count - start;
  }
  targets = targets.slice(0, count);
  return { degrees, targets, strength: strengthOf(columns, keys.strength, low, degrees, targets, known) };

  /** Adds targets from position `at` on until the row has `wanted`, or the draws allowed are used up. */
  function drawRow(agent: number, wanted: number, row: Uint32Array, start: number, from: number): number {
    const community = columns.community[agent] ?? 0;
    const own = circles[community] ?? everyone;
    const followed = audiences.named[community];
    let at = from;
    let inside = 0;
    for (let i = start; i < at; i++) if (columns.community[row[i] ?? 0] === community) inside++;
    // A fair coin decides the fraction of a tie, so that small degrees keep the share too.
    const insideWanted = Math.floor(plan.homophily * wanted + uniform(keys.degree, agent, 1));
    let draw = 0;
    const limit = 6 * wanted + 12;
    while (at - start < wanted && draw < limit) {
      const within = inside < insideWanted;
      const firstOut = !within && at - start - inside === 0;
      const table = followed !== undefined && (draw === 0 || firstOut) ? followed : within ? own : everyone;
      pair(keys.target, agent, draw++);
      const target = sampleAlias(table, words[0], words[1]);
      if (target === agent || holds(row, start, at, target)) continue;
      const insider = table === circles[community] || columns.community[target] === community;
      // Outside ties really leave the circle while there is anywhere to go.
      if (insider !== within && draw < limit / 2 && (table !== followed || !mixed)) continue;
      // The draw goes first: only where it could turn the target down is its opinion, far away in memory, looked at.
      const luck = uniform(keys.strength, agent, target);
      if (luck < OPINION_PICKINESS && luck < OPINION_PICKINESS * distance(columns, agent, target)) continue;
      row[at++] = target;
      if (insider) inside++;
    }
    return at;
  }
}

/** Rows are short and lie together in memory: looking through one is quicker than a mark per agent. */
function holds(row: Uint32Array, start: number, end: number, target: number): boolean {
  for (let i = start; i < end; i++) if (row[i] === target) return true;
  return false;
}

const raw = new Uint32Array(2);
const words: [number, number] = [0, 0];
/** Two uniforms from one block: where `uniform` would throw half of it away. */
function pair(key: RandomKey, agent: number, draw: number): void {
  threefry2x32(key.k0, key.k1, agent, draw, raw);
  words[0] = ((raw[0] ?? 0) + 0.5) / 0x1_0000_0000;
  words[1] = ((raw[1] ?? 0) + 0.5) / 0x1_0000_0000;
}

/** The first issue stands for all: it is the one that the question is about. */
const opinionOf = (columns: PopulationColumns, agent: number): number =>
  columns.opinion[agent * (columns.opinion.length / columns.age.length)] ?? 0;

/** 0 = the same opinion, 1 = wholly opposite. */
const distance = (columns: PopulationColumns, a: number, b: number): number =>
  Math.abs(opinionOf(columns, a) - opinionOf(columns, b)) / 2;

/** A third of the mean for everyone, the rest exponential: some follow few, some very many. */
function degree(plan: TiePlan, key: RandomKey, agent: number, size: number): number {
  const wish = plan.meanDegree * (0.35 - 0.65 * portableLog(uniform(key, agent, 0)));
  const rounded = Math.floor(wish + uniform(key, agent, 2));
  return Math.min(Math.max(1, rounded), size - 1, 1000);
}

function grown(targets: Uint32Array, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, Math.ceil(targets.length * 1.25)));
  larger.set(targets);
  return larger;
}

/** Insertion sort for the short rows that are almost all there are; the engine's sort for the few long ones. */
function ascending(targets: Uint32Array, start: number, end: number): void {
  if (end - start > 64) {
    targets.subarray(start, end).sort();
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const value = targets[i] ?? 0;
    let j = i - 1;
    while (j >= start && (targets[j] ?? 0) > value) {
      targets[j + 1] = targets[j] ?? 0;
      j--;
    }
    targets[j + 1] = value;
  }
}

/** Known ties keep their own strength; others are stronger inside a circle and between like minds. Steps of 1/64 keep files small. */
function strengthOf(
  columns: PopulationColumns,
  key: RandomKey,
  low: number,
  degrees: Uint32Array,
  targets: Uint32Array,
  known: ReadonlyMap<number, readonly ActorTie[]>,
): Float32Array<ArrayBuffer> {
  const strength = new Float32Array(targets.length);
  let at = 0;
  for (let row = 0; row < degrees.length; row++) {
    const agent = low + row;
    const community = columns.community[agent] ?? 0;
    const start = at;
    const end = start + (degrees[row] ?? 0);
    for (; at < end; at++) {
      const target = targets[at] ?? 0;
      const likeness = 1 - distance(columns, agent, target);
      const luck = uniform(key, target, agent);
      const base = 0.1 + 0.4 * luck + 0.25 * likeness + (columns.community[target] === community ? 0.2 : 0);
      strength[at] = Math.round(base * STRENGTH_STEPS) / STRENGTH_STEPS;
    }
    for (const tie of known.get(agent) ?? []) {
      const place = targets.subarray(start, end).indexOf(tie.to);
      if (place >= 0) strength[start + place] = Math.round(tie.strength * STRENGTH_STEPS) / STRENGTH_STEPS;
    }
  }
  return strength;
}
