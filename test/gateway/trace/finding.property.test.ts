// Every page of every filter together is exactly what a look at all calls would find, however much of the usage that the
// search is guided by has been added up into days.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RequestFilter } from '#gateway/contract';
import type { Entry } from '../../../gateway/trace/entry.ts';
import { createFindRequests } from '../../../gateway/trace/find-requests.ts';
import { createRequestLog } from '../../../gateway/trace/request-log.ts';
import { createRetention } from '../../../gateway/trace/retention.ts';
import { TraceSettingsSchema } from '../../../gateway/trace/settings.ts';
import { openTraceTables } from '../../../gateway/trace/tables.ts';
import { anyEntry, START } from './entries.ts';

const DAY = 86_400_000;
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 1 });
const among = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const anyFilter: fc.Arbitrary<RequestFilter> = fc.record({
  team: maybe(among('red', 'blue', 'nobody', '')),
  key: maybe(among('key_1', 'key_2', '')),
  model: maybe(among('openai/gpt-5', 'anthropic/claude')),
  runId: maybe(among('run-1', 'run-2', 'run-3', '')),
  outcome: maybe(among('ok', 'failed', 'denied')),
  sinceMs: maybe(fc.integer({ min: START - DAY, max: START + 6 * DAY })),
  untilMs: maybe(fc.integer({ min: START - DAY, max: START + 6 * DAY })),
});

const fits = (one: Entry, filter: RequestFilter): boolean =>
  (['team', 'key', 'runId', 'outcome'] as const).every(
    (name) => filter[name] === undefined || (one[name] ?? '') === filter[name],
  ) &&
  (filter.model === undefined || one.target === filter.model) &&
  one.atMs >= (filter.sinceMs ?? -Infinity) &&
  one.atMs < (filter.untilMs ?? Infinity);

it('pages find every call that fits, once, newest first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEntry, { maxLength: 60 }),
      fc.array(anyFilter, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      async (drawn, filters, limit, folded) => {
        // Written in the order in which they end.
        const entries = drawn
          .map((one, place) => ({ ...one, id: `a-${place}` }))
          .toSorted((left, right) => left.atMs + left.latencyMs - right.atMs - right.latencyMs);
        let now = START;
        const log = createRequestLog(openTraceTables(':memory:'), () => now);
        for (const one of entries) {
          now = one.atMs + one.latencyMs;
          log.add(one, false);
          log.flush();
        }
        const settings = TraceSettingsSchema.parse({ requests: { days: 36_500 }, usage: { hourlyDays: folded ? 0 : 3 } });
        await createRetention(log, settings, () => START + 8 * DAY).sweep(new AbortController().signal);
        const find = createFindRequests(log.database, log.names);
        for (const filter of filters) {
          const seen: string[] = [];
          let before: string | undefined;
          do {
            const page = find.page(filter, { limit, before });
            seen.push(...page.requests.map(({ id }) => id));
            before = page.next;
          } while (before !== undefined);
          expect(seen).toEqual(
            entries
              .filter((one) => fits(one, filter))
              .map(({ id }) => id)
              .toReversed(),
          );
        }
        log.close();
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
