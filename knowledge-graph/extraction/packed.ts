// What threads found, kept as the bytes they sent until a pass over the documents reads it. As objects the findings of
// a large corpus weigh a dozen times its text; as bytes they lie outside the heap, and each pass opens the one part that
// it needs, batch by batch.
import type { Document } from '../contract.ts';
import type { Finding } from '../resolution/merged.ts';
import { claimOfRow, claimRow, entityOfRow, entityRow, relationOfRow, relationRow } from './rows.ts';
import type { ClaimRow, EntityRow, RelationRow } from './rows.ts';
import type { Extraction } from './schema.ts';

/** For each part JSON in UTF-8: a list with the rows of every document. */
export interface Packed {
  readonly entities: Uint8Array;
  readonly relations: Uint8Array;
  readonly claims: Uint8Array;
  readonly verbs: Uint8Array;
}
/** A row of each part. */
interface Rows {
  readonly entities: EntityRow;
  readonly relations: RelationRow;
  readonly claims: ClaimRow;
  readonly verbs: string;
}

export function pack(extractions: readonly Extraction[]): Packed {
  const encoder = new TextEncoder();
  const packed = (rowsOf: (extraction: Extraction) => readonly unknown[]): Uint8Array =>
    encoder.encode(JSON.stringify(extractions.map(rowsOf)));
  return {
    entities: packed(({ entities }) => entities.map(entityRow)),
    relations: packed(({ relations }) => relations.map(relationRow)),
    claims: packed(({ claims }) => claims.map(claimRow)),
    verbs: packed(({ verbs }) => verbs ?? []),
  };
}

/** Findings that read from packed batches; of each part the batch that was read last stays open. */
export function createUnpacker(): (documents: readonly Document[], packed: Packed) => readonly Finding[] {
  const decoder = new TextDecoder();
  const opened = <Part extends keyof Rows>(part: Part): ((packed: Packed, index: number) => readonly Rows[Part][]) => {
    let open: { readonly packed: Packed; readonly rows: readonly (readonly Rows[Part][])[] } | undefined;
    return (packed, index) => {
      if (open?.packed !== packed)
        open = { packed, rows: JSON.parse(decoder.decode(packed[part])) as readonly (readonly Rows[Part][])[] };
      return open.rows[index] ?? [];
    };
  };
  const entities = opened('entities');
  const relations = opened('relations');
  const claims = opened('claims');
  const verbs = opened('verbs');
  return (documents, packed) =>
    documents.map((document, index) => ({
      document,
      extraction: {
        get entities() {
          return entities(packed, index).map(entityOfRow);
        },
        get relations() {
          return relations(packed, index).map(relationOfRow);
        },
        get claims() {
          return claims(packed, index).map(claimOfRow);
        },
        get verbs() {
          return [...verbs(packed, index)];
        },
      },
    }));
}
