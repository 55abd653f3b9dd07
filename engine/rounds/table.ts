// A growing table of columns on one SharedArrayBuffer: what posts, reactions and bonds are kept in. Workers get
// the buffer by reference and see the rows below the length that was frozen with it.
// Invariant: a row never moves; growing copies all columns to a larger buffer and leaves the old one untouched.

type ElementKind = 'u8' | 'u32' | 'f32';
export type TableSpec = Readonly<Record<string, ElementKind>>;
export type ColumnsOf<Spec extends TableSpec> = {
  readonly [Name in keyof Spec]: Spec[Name] extends 'u8' ? Uint8Array : Spec[Name] extends 'u32' ? Uint32Array : Float32Array;
};

/** What crosses to a worker. */
export interface SharedTable {
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
  readonly length: number;
}

export interface Table<Spec extends TableSpec> {
  /** Changes identity when the table grows; do not keep it across `append`. */
  readonly columns: ColumnsOf<Spec>;
  readonly length: number;
  /** Makes room for one more row and returns its index; the caller fills every column. */
  append(): number;
  share(): SharedTable;
}

const widthOf = (kind: ElementKind): number => (kind === 'u8' ? 1 : 4);

/** Views on a table's buffer: four-byte columns first, so that every view is aligned. */
export function viewTable<Spec extends TableSpec>(spec: Spec, buffer: SharedArrayBuffer, capacity: number): ColumnsOf<Spec> {
  const views: Record<string, Uint8Array | Uint32Array | Float32Array> = {};
  let offset = 0;
  for (const wide of [true, false]) {
    for (const [name, kind] of Object.entries(spec)) {
      if ((kind !== 'u8') !== wide) continue;
      if (kind === 'u8') views[name] = new Uint8Array(buffer, offset, capacity);
      else if (kind === 'u32') views[name] = new Uint32Array(buffer, offset, capacity);
      else views[name] = new Float32Array(buffer, offset, capacity);
      offset += capacity * widthOf(kind);
    }
  }
  return views as ColumnsOf<Spec>;
}

export function createTable<Spec extends TableSpec>(spec: Spec, initialCapacity = 1024): Table<Spec> {
  const rowBytes = Object.values(spec).reduce((sum, kind) => sum + widthOf(kind), 0);
  let capacity = initialCapacity;
  let length = 0;
  let buffer = new SharedArrayBuffer(capacity * rowBytes);
  let columns = viewTable(spec, buffer, capacity);

  const grow = (): void => {
    const old = columns;
    capacity *= 2;
    buffer = new SharedArrayBuffer(capacity * rowBytes);
    columns = viewTable(spec, buffer, capacity);
    for (const name of Object.keys(spec)) columns[name]?.set(old[name] as never);
  };

  return {
    get columns() {
      return columns;
    },
    get length() {
      return length;
    },
    append: () => {
      if (length === capacity) grow();
      return length++;
    },
    share: () => ({ buffer, capacity, length }),
  };
}

/** A zeroed array on shared memory. */
export const sharedFloat32 = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(length * 4));
export const sharedUint32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
export const sharedUint8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

/** The same numbers on shared memory; no copy where they are there already. */
export function onSharedMemory<T extends Uint8Array | Uint16Array | Uint32Array | Float32Array>(array: T): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
