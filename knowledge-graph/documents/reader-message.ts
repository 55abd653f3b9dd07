// What passes between the room and its reader thread: one request; answers with what was read so far, then the end.
import { z } from 'zod';
import { MEDIA_TYPES } from '../contract.ts';
import type { FileToRead } from './read-file.ts';

export type ReaderRequest = FileToRead;

const BLOCK_KINDS = ['title', 'heading', 'paragraph', 'list-item', 'quote', 'table-row', 'code'] as const;
const OPTIONAL = z.union([z.string(), z.undefined()]);

const readingSchema = z.union([
  z.object({ refused: z.string(), part: z.string(), count: z.number() }),
  z.object({
    part: OPTIONAL,
    mediaType: z.enum(MEDIA_TYPES),
    title: OPTIONAL,
    author: OPTIONAL,
    publishedAt: OPTIONAL,
    url: z.string().exactOptional(),
    language: z.string(),
    text: z.string(),
    blocks: z.array(
      z.object({ kind: z.enum(BLOCK_KINDS), start: z.number(), end: z.number(), language: z.string().exactOptional() }),
    ),
  }),
]);

export const readerAnswerSchema = z.discriminatedUnion('kind', [
  /** The thread is up; time limits count from here. */
  z.object({ kind: z.literal('ready') }),
  /** Some of the file; more may come. */
  z.object({ kind: z.literal('readings'), readings: z.array(readingSchema) }),
  z.object({ kind: z.literal('end') }),
  z.object({ kind: z.literal('unreadable'), reason: z.string() }),
]);

export type ReaderAnswer = z.infer<typeof readerAnswerSchema>;
