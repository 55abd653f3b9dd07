// What the cache adds to a call: `node test/bench/cache.ts`. Prints the time of an exact hit, of a miss with its answer
// stored, and of one comparison by meaning against a full bucket of ten thousand entries.
import { cached, createCache } from '../../gateway/models/cache/cached.ts';
import { CacheSchema } from '../../gateway/models/cache/settings.ts';
import { createVectorBucket } from '../../gateway/models/cache/vectors.ts';
import { createGuardrails } from '../../gateway/policy/guardrails/create-guardrails.ts';
import { guarded } from '../../gateway/policy/guardrails/guarded.ts';
import { GuardrailsSchema } from '../../gateway/policy/guardrails/settings.ts';
import { callOf, modelOf, requestOf, message, responseOf, through } from '../gateway/cache/calls.ts';

const CALLS = 20_000;
const PROMPT = 'The harbour town woke slowly that winter morning; boats knocked against the quay. '.repeat(12);

async function microsecondsPerCall(run: (index: number) => Promise<unknown>): Promise<string> {
  for (let index = 0; index < 1000; index++) await run(-1 - index);
  const began = performance.now();
  for (let index = 0; index < CALLS; index++) await run(index);
  return (((performance.now() - began) * 1000) / CALLS).toFixed(1);
}

const cache = createCache(CacheSchema.parse({ enabled: true }), { databasePath: undefined, now: Date.now });
const model = modelOf(() => responseOf('A short answer.'));
const throughCache = through(cached(cache), model);
const ask = (text: string) => callOf(requestOf([message('system', PROMPT), message('user', text)]));
const bare = await microsecondsPerCall((index) => model.handler(ask(String(index))));
const hit = await microsecondsPerCall(() => throughCache(ask('the same')));
const miss = await microsecondsPerCall((index) => throughCache(ask(`another ${index}`)));
const guards = createGuardrails(
  GuardrailsSchema.parse([
    { name: 'p', kind: 'pii' },
    { name: 's', kind: 'secrets' },
  ]),
  {
    environment: {},
    now: Date.now,
  },
);
const throughGuards = through(guarded(guards), model);
const guardedCall = await microsecondsPerCall((index) => throughGuards(ask(String(index))));

const DIMENSIONS = 1536;
const ENTRIES = 10_000;
const vectorOf = (seed: number): Float32Array => {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(seed * 31 + index * (seed + 1)));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const bucket = createVectorBucket(ENTRIES);
for (let entry = 0; entry < ENTRIES; entry++) bucket.add(String(entry), vectorOf(entry));
const wanted = vectorOf(4711);
const scans = Array.from({ length: 40 }, () => {
  const began = performance.now();
  bucket.nearest(wanted, 0.9);
  return performance.now() - began;
}).toSorted((left, right) => left - right);

console.log(
  `microseconds a call with a 1 kB prompt: bare ${bare}, exact hit ${hit}, miss and store ${miss}, pii + secrets ${guardedCall}`,
);
console.log(
  `milliseconds to compare with ${ENTRIES} vectors of ${DIMENSIONS}: best ${scans[0]?.toFixed(1)}, median ${scans[20]?.toFixed(1)}`,
);
