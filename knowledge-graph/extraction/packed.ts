// What threads found, kept as the bytes they sent until a pass over the documents reads it. As objects the findings of
// a large corpus weigh a dozen times its text; as bytes they lie outside the heap, and each pass opens the one part that
// it needs, batch by batch.
import type { Document } from '../contract.ts';
import type { Finding } from '../resolution/merged.ts';
import type { Extraction } from './schema.ts';

const PARTS = ['entities', 'relations', 'claims', 'verbs'] as const;
type Part = (typeof PARTS)[number];

/** For each part JSON in UTF-8: a list with that part of every document. */
export type Packed = Readonly<Record<Part, Uint8Array>>;

export function pack(extractions: readonly Extraction[]): Packed {
  const encoder = new TextEncoder();
  const packed = (part: Part): Uint8Array =>
    encoder.encode(JSON.stringify(extractions.map((extraction) => extraction[part] ?? null)));
  return { entities: packed('entities'), relations: packed('relations'), claims: packed('claims'), verbs: packed('verbs') };
}

/** Findings that read from packed batches; of each part the batch that was read last stays open. */
export function createUnpacker(): (documents: readonly Document[], packed: Packed) => readonly Finding[] {
  const open = new Map<Part, { readonly packed: Packed; readonly rows: readonly unknown[] }>();
  const decoder = new TextDecoder();
  const read = <Name extends Part>(packed: Packed, part: Name, index: number): Extraction[Name] | null => {
    let batch = open.get(part);
    if (batch?.packed !== packed) {
      batch = { packed, rows: JSON.parse(decoder.decode(packed[part])) as readonly unknown[] };
      open.set(part, batch);
    }
    return batch.rows[index] as Extraction[Name] | null;
  };
  return (documents, packed) =>
    documents.map((document, index) => ({
      document,
      extraction: {
        get entities() {
          return read(packed, 'entities', index) ?? [];
        },
        get relations() {
          return read(packed, 'relations', index) ?? [];
        },
        get claims() {
          return read(packed, 'claims', index) ?? [];
        },
        get verbs() {
          return read(packed, 'verbs', index) ?? [];
        },
      },
    }));
}
