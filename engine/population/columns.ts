// The columns of a population: one table of names, element types and widths that allocation, hashing and the
// file format all follow. Invariant: every column lives on a SharedArrayBuffer, so threads read it without copies.
import { TRAITS, VALUES } from '../contract.ts';
import type { PopulationColumns, Ties } from '../contract.ts';

type Width = 'one' | 'traits' | 'values' | 'issues';
type ColumnArray = Uint8Array | Uint16Array | Float32Array;

const spec = (name: keyof PopulationColumns, bytes: 1 | 2 | 4, width: Width = 'one') => ({ name, bytes, width });

/** In file order; append only. */
const COLUMNS = [
  spec('actorType', 1),
  spec('community', 2),
  spec('age', 1),
  spec('gender', 1),
  spec('education', 1),
  spec('occupation', 2),
  spec('region', 2),
  spec('traits', 4, 'traits'),
  spec('values', 4, 'values'),
  spec('opinion', 4, 'issues'),
  spec('certainty', 4, 'issues'),
  spec('salience', 4, 'issues'),
  spec('activity', 4),
  spec('rhythm', 1),
  spec('reach', 4),
] as const;

const makeColumn = (bytes: 1 | 2 | 4, length: number): ColumnArray => {
  const buffer = new SharedArrayBuffer(bytes * length);
  return bytes === 1 ? new Uint8Array(buffer) : bytes === 2 ? new Uint16Array(buffer) : new Float32Array(buffer);
};

/** Zeroed columns for `size` agents and `issues` issues. */
export function allocateColumns(size: number, issues: number): PopulationColumns {
  const widths: Record<Width, number> = { one: 1, traits: TRAITS.length, values: VALUES.length, issues };
  // The table above names every key of PopulationColumns with its own element size.
  return Object.fromEntries(
    COLUMNS.map(({ name, bytes, width }) => [name, makeColumn(bytes, size * widths[width])]),
  ) as unknown as PopulationColumns;
}

export function allocateTies(size: number, ties: number): Ties {
  return {
    offsets: new Uint32Array(new SharedArrayBuffer((size + 1) * 4)),
    targets: new Uint32Array(new SharedArrayBuffer(ties * 4)),
    strength: new Float32Array(new SharedArrayBuffer(ties * 4)),
  };
}

/** The raw bytes of all columns and ties, in file order. */
export function rawArrays(columns: PopulationColumns, ties: Ties): readonly Uint8Array[] {
  const arrays = [...COLUMNS.map(({ name }) => columns[name]), ties.offsets, ties.targets, ties.strength];
  return arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}
