// A population as bytes and back, and its identity. Layout before compression: the length of the head (u32,
// little-endian), the head as canonical JSON, then every array in the order of columns.ts.
// Invariant: decode(encode(p)) equals p in every bit, and a hash that does not match is refused.
import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { ShoalError, canonicalJson } from '#foundation';
import type { Population } from '../contract.ts';
import { compressed } from '../record/compressed.ts';
import { allocateColumns, allocateTies, rawArrays } from './columns.ts';

const span = z.object({ document: z.string(), start: z.int(), end: z.int() });
const text = z.array(z.string());
/** JSON has no `undefined`: such members are left out when written and put back when read. */
const orUndefined = <T extends z.ZodType>(type: T) => type.optional().transform((value) => value);

const Head = z.object({
  format: z.literal(1),
  size: z.int().min(0),
  seed: z.int(),
  ties: z.int().min(0),
  issues: z.array(
    z.object({
      index: z.int(),
      id: z.string(),
      label: z.string(),
      proposition: z.string(),
      terms: text,
      question: z.int(),
    }),
  ),
  actors: z.array(
    z.object({
      agent: z.int(),
      entity: z.string(),
      name: z.string(),
      handle: z.string(),
      bio: z.string(),
      role: z.string(),
      goals: text,
      voice: z.string(),
      sources: z.array(span),
    }),
  ),
  communities: z.array(z.object({ label: z.string(), terms: text })),
  lexicon: z.object({
    occupations: text,
    regions: text,
    rhythms: z.array(z.object({ name: z.string(), hours: z.array(z.number()) })),
  }),
  talkingPoints: z.array(
    z
      .object({
        index: z.int(),
        issue: z.int(),
        lean: z.number(),
        arousal: z.number(),
        text: z.string(),
        source: orUndefined(span),
        speaker: orUndefined(z.int()),
        origin: z.enum(['document', 'intervention', 'proposition']),
      })
      .transform((point) => ({ ...point, source: point.source, speaker: point.speaker })),
  ),
});

const headOf = (p: Omit<Population, 'hash'>): z.input<typeof Head> => ({
  format: 1,
  size: p.size,
  seed: p.seed,
  ties: p.ties.targets.length,
  issues: p.issues.map((issue) => ({ ...issue, terms: [...issue.terms] })),
  actors: p.actors.map((actor) => ({ ...actor, goals: [...actor.goals], sources: [...actor.sources] })),
  communities: p.communities.map((community) => ({ ...community, terms: [...community.terms] })),
  lexicon: {
    occupations: [...p.lexicon.occupations],
    regions: [...p.lexicon.regions],
    rhythms: p.lexicon.rhythms.map((rhythm) => ({ ...rhythm, hours: [...rhythm.hours] })),
  },
  talkingPoints: p.talkingPoints.map((point) => ({ ...point })),
});

/** SHA-256 over the head and every array. */
export function hashPopulation(population: Omit<Population, 'hash'>): string {
  const hash = createHash('sha256').update(canonicalJson(headOf(population)));
  for (const bytes of rawArrays(population.columns, population.ties)) hash.update(bytes);
  return hash.digest('hex');
}

export function encodePopulation(population: Population): Uint8Array {
  const head = Buffer.from(canonicalJson(headOf(population)), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return compressed(Buffer.concat([length, head, ...rawArrays(population.columns, population.ties)]));
}

/** Throws `record_corrupt` for anything that `encodePopulation` did not write. */
export function decodePopulation(bytes: Uint8Array, expectedHash?: string): Population {
  const { head, body } = unpack(bytes);
  const columns = allocateColumns(head.size, head.issues.length);
  const ties = allocateTies(head.size, head.ties);
  let offset = 0;
  for (const array of rawArrays(columns, ties)) {
    if (offset + array.length > body.length) throw corrupt('it ends early');
    array.set(body.subarray(offset, offset + array.length));
    offset += array.length;
  }
  if (offset !== body.length) throw corrupt('it is too long');
  const { size, seed, issues, actors, communities, lexicon, talkingPoints } = head;
  const parts = { size, seed, issues, actors, communities, lexicon, columns, ties, talkingPoints };
  const hash = hashPopulation(parts);
  if (expectedHash !== undefined && hash !== expectedHash) throw corrupt('its hash differs from the manifest');
  return { ...parts, hash };
}

function unpack(bytes: Uint8Array): { head: z.output<typeof Head>; body: Buffer } {
  try {
    const raw = zstdDecompressSync(bytes);
    const end = 4 + raw.readUInt32LE(0);
    return { head: Head.parse(JSON.parse(raw.toString('utf8', 4, end))), body: raw.subarray(end) };
  } catch (cause) {
    throw corrupt('it cannot be unpacked', cause);
  }
}

const corrupt = (what: string, cause?: unknown): ShoalError =>
  new ShoalError('record_corrupt', `The stored population is damaged: ${what}.`, {
    cause,
    hint: 'Make the population again from the same scenario and seed; it will be identical.',
  });
