// What passes between the room and its reader thread: one request, one answer, told apart by its number.
import { z } from 'zod';
import { MEDIA_TYPES, type ReadLimits } from '../contract.ts';

export interface ReaderRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly limits: ReadLimits;
}

const BLOCK_KINDS = ['title', 'heading', 'paragraph', 'list-item', 'quote', 'table-row', 'code'] as const;
const OPTIONAL = z.union([z.string(), z.undefined()]);

export const readerAnswerSchema = z.discriminatedUnion('kind', [
  /** The thread is up; time limits count from here. */
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('read'),
    parts: z.array(
      z.object({
        part: OPTIONAL,
        mediaType: z.enum(MEDIA_TYPES),
        title: OPTIONAL,
        author: OPTIONAL,
        publishedAt: OPTIONAL,
        language: z.string(),
        text: z.string(),
        blocks: z.array(z.object({ kind: z.enum(BLOCK_KINDS), start: z.number(), end: z.number() })),
      }),
    ),
  }),
  z.object({ kind: z.literal('unreadable'), reason: z.string() }),
]);

export type ReaderAnswer = z.infer<typeof readerAnswerSchema>;
