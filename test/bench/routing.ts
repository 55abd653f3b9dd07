// What limits, routing and places add to a call that none of them holds up: `node test/bench/routing.ts`.
import { chain } from '../../gateway/chain.ts';
import type { Handler, Step } from '../../gateway/chain.ts';
import { systemClock } from '../../gateway/clock.ts';
import type { Attempt, ModelAnswer, ModelCall } from '../../gateway/models/model-call.ts';
import { worstCost } from '../../gateway/models/prices/cost.ts';
import { createHealth } from '../../gateway/models/routing/health.ts';
import { createRouter } from '../../gateway/models/routing/router.ts';
import { routed } from '../../gateway/models/routing/routed.ts';
import { RoutingSchema } from '../../gateway/models/routing/settings.ts';
import { createGate } from '../../gateway/policy/limits/gate.ts';
import { createLimiter, limited } from '../../gateway/policy/limits/limiter.ts';
import { createProviderPlaces, placed } from '../../gateway/policy/limits/places.ts';
import { LimitsSchema } from '../../gateway/policy/limits/settings.ts';
import { answerOf, callOf, keyed, targetOf } from '../gateway/routing/model-calls.ts';

const CALLS = 20_000;
const ROUNDS = 40;

const clock = systemClock;
const limits = LimitsSchema.parse({});
const settings = RoutingSchema.parse({
  groups: { fast: { strategy: 'weighted', targets: ['openai/a', 'openai/b', 'openai/c'] } },
});
const places = createProviderPlaces(limits, clock);
const targets = new Map(['a', 'b', 'c'].map((name) => [`openai/${name}`, targetOf(`openai/${name}`)]));
const router = createRouter({
  settings,
  health: createHealth(settings.breaker),
  retries: { attempts: 4, baseMs: 500, maxMs: 20_000, totalMs: 120_000 },
  outputTokens: 1024,
  allowUnpriced: false,
  permits: () => true,
  worstCost,
  resolve: (model) => targets.get(model) ?? targetOf(model),
  readyInMs: (provider, model, keyIndex) => places.readyInMs(provider, model, keyIndex),
});
const answer = answerOf();
const end: Handler<Attempt, ModelAnswer> = async () => answer;
const limiting: Step<ModelCall, ModelAnswer> = limited(createLimiter({ settings: limits, clock }), { clock, outputTokens: 1024 });
const whole = chain([limiting], routed(router, chain([placed(places, clock)], end)));
const bare: Handler<ModelCall, ModelAnswer> = async () => answer;

async function microsecondsPerCall(handler: Handler<ModelCall, ModelAnswer>, next: () => ModelCall): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const prepared = Array.from({ length: CALLS }, next);
    // Time of this process on its core, so that neighbours on a shared machine do not count.
    const before = process.cpuUsage();
    for (const call of prepared) await handler(call);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / CALLS);
  }
  return best;
}

const limitedKey = keyed({ limits: { requestsPerMinute: 1_000_000_000, tokensPerMinute: 1_000_000_000, concurrency: 1000 } });
const rows: readonly [string, Handler<ModelCall, ModelAnswer>, () => ModelCall][] = [
  ['nothing (the loop itself)', bare, () => callOf('openai/a')],
  ['one target, no limits on the key', whole, () => callOf('openai/a')],
  ['one target, a key with limits', whole, () => callOf('openai/a', { principal: limitedKey })],
  ['group of three by weight', whole, () => callOf('fast')],
];
/** One place given back, taken by the next in turn, and one more who joins the queue. */
async function microsecondsPerTurn(waiting: number, flows: number): Promise<number> {
  const gate = createGate({ name: 'x', limits: { concurrency: 1 }, together: {}, queue: waiting + 1, waitMs: 1000, clock });
  // Each has a signal of its own, as calls have.
  const wait = (flow: number): Promise<number> =>
    gate.wait({ flow: `flow ${flow % flows}`, weight: 1, tokens: 0, signal: new AbortController().signal });
  gate.tryTake(0);
  const line = Array.from({ length: waiting }, (_, flow) => wait(flow));
  const before = process.cpuUsage();
  for (let turn = 0; turn < CALLS; turn++) {
    line.push(wait(turn));
    gate.give(0, 0, 0);
  }
  const { user, system } = process.cpuUsage(before);
  for (let left = 0; left < waiting; left++) gate.give(0, 0, 0);
  await Promise.all(line);
  return (user + system) / CALLS;
}

console.log(`Best of ${ROUNDS} × ${CALLS} calls, one after the other, Node ${process.versions.node}`);
for (const [name, handler, next] of rows) {
  const each = await microsecondsPerCall(handler, next);
  console.log(`${name.padEnd(36)} ${each.toFixed(2)} µs of CPU per call`);
}
for (const [waiting, flows] of [
  [10, 2],
  [10_000, 2],
  [10_000, 5000],
] as const) {
  const each = await microsecondsPerTurn(waiting, flows);
  console.log(`${`a turn, ${waiting} waiting in ${flows} flows`.padEnd(36)} ${each.toFixed(2)} µs of CPU`);
}
