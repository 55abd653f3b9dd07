// All that agents are at the end of a round, as bytes and back: every column of the world's state, by name, so that
// a column that is added is kept without a word here. What stands in tables (posts, reactions, bonds) is not among
// it: events alone make those, and folding events is quick.
import type { FixedWorld } from '../rounds/world.ts';

const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array } as const;
type Kind = keyof typeof KINDS;
type Column = InstanceType<(typeof KINDS)[Kind]>;
export type StateColumns = Readonly<Record<string, Column>>;

/** Columns begin at multiples of this. */
const ALIGNMENT = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Layout: bytes of the head (u32, little-endian), the head as JSON, then each column at the next multiple of 8. */
export function encodeCheckpoint(state: FixedWorld['state']): Uint8Array {
  const columns = Object.entries(state as unknown as StateColumns);
  const head = new TextEncoder().encode(
    JSON.stringify(columns.map(([name, column]) => ({ name, kind: kindOf(column), length: column.length }))),
  );
  const start = aligned(4 + head.length);
  const bytes = new Uint8Array(columns.reduce((end, [, column]) => end + aligned(column.byteLength), start));
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let offset = start;
  for (const [, column] of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += aligned(column.byteLength);
  }
  return bytes;
}

/** Views on the bytes, which must begin their buffer. */
export function decodeCheckpoint({ buffer }: Uint8Array): StateColumns {
  const headBytes = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(Buffer.from(buffer, 4, headBytes).toString('utf8')) as {
    name: string;
    kind: Kind;
    length: number;
  }[];
  let offset = aligned(4 + headBytes);
  return Object.fromEntries(
    head.map(({ name, kind, length }) => {
      const column = new KINDS[kind](buffer as ArrayBuffer, offset, length);
      offset += aligned(column.byteLength);
      return [name, column];
    }),
  );
}

const kindOf = (column: Column): Kind => (Object.keys(KINDS) as Kind[]).find((kind) => column instanceof KINDS[kind]) as Kind;
