// Forgetting, by age, by number and on request; bodies in their own file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRequestLog } from '../../../gateway/trace/request-log.ts';
import { countOf, createRetention } from '../../../gateway/trace/retention.ts';
import { TraceSettingsSchema } from '../../../gateway/trace/settings.ts';
import { openTraceTables } from '../../../gateway/trace/tables.ts';
import { usage } from '../../../gateway/trace/usage.ts';
import { temporaryFolder, until } from '../open-gateway.ts';
import { entry, openTraces, START } from './entries.ts';

const DAY = 86_400_000;
const still = new AbortController().signal;

/** 3,000 rows, 300 on each of ten days. */
function tenDays() {
  let now = START;
  const log = createRequestLog(openTraceTables(':memory:'), () => now);
  for (let place = 0; place < 3000; place++) {
    if (place % 300 === 0) log.flush();
    now = START + Math.floor(place / 300) * DAY + (place % 300);
    log.add(entry({ id: `a-${place}`, atMs: now, latencyMs: 0 }), false);
  }
  log.flush();
  const ids = (): number => Number(log.database.prepare('SELECT count(*) AS n FROM trace_requests').get()?.['n']);
  const calls = (): number | undefined => usage(log.database, log.names, { by: [] })[0]?.calls;
  return { log, ids, calls, now: () => now };
}

describe('a sweep', () => {
  it('forgets rows by age and keeps usage', async () => {
    const { log, ids, calls, now } = tenDays();
    await createRetention(log, TraceSettingsSchema.parse({ requests: { days: 4 } }), now).sweep(still);
    expect(ids()).toBeGreaterThanOrEqual(1200);
    expect(ids()).toBeLessThanOrEqual(1500);
    expect(countOf(log.database)).toBe(ids());
    expect(calls()).toBe(3000);
    log.close();
  });

  it('forgets the oldest rows where there are too many', async () => {
    const { log, ids, now } = tenDays();
    await createRetention(log, TraceSettingsSchema.parse({ requests: { rows: 1111 } }), now).sweep(still);
    expect(ids()).toBe(1111);
    expect(log.database.prepare('SELECT id FROM trace_requests ORDER BY sequence LIMIT 1').get()?.['id']).toBe('a-1889');
    log.close();
  });

  it('adds hours into days, and forgets days where it is told to', async () => {
    const { log, calls, now } = tenDays();
    await createRetention(log, TraceSettingsSchema.parse({ usage: { hourlyDays: 2 } }), now).sweep(still);
    const rows = (table: string): unknown => log.database.prepare(`SELECT count(*) AS n FROM trace_usage_${table}`).get()?.['n'];
    expect([rows('hours'), rows('days'), calls()]).toEqual([3, 7, 3000]);
    await createRetention(log, TraceSettingsSchema.parse({ usage: { hourlyDays: 2, days: 5 } }), now).sweep(still);
    expect(calls()).toBe(1500);
    log.close();
  });

  it('stops when it is told to', async () => {
    const { log, ids, now } = tenDays();
    await createRetention(log, TraceSettingsSchema.parse({ requests: { days: 0 } }), now).sweep(AbortSignal.abort());
    expect(ids()).toBe(3000);
    log.close();
  });
});

const keep = (databasePath: string, bodies: object) => openTraces({ bodies }, { databasePath });

describe('bodies', () => {
  const SECRET = 'my key is sk-secret-123, my name is Rumpelstilzchen';

  it('are not kept unless somebody asks for it', () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const opened = keep(databasePath, {});
    expect(opened.bodies.mayKeep()).toBe(false);
    expect(existsSync(databasePath.replace('.sqlite', '-bodies.sqlite'))).toBe(false);
  });

  it('lie in a file of their own, without secrets, cut, and can be purged alone', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const opened = keep(databasePath, { keep: 'all', bytes: 300 });
    const one = entry({ id: 'one' });
    opened.add(one);
    opened.bodies.add(one, () => ({ request: SECRET, answer: 'ä'.repeat(1000) }));
    await opened.bodies.flush();
    const detail = opened.traces.request('one');
    expect(detail?.bodies?.request).toBe('my key is [redacted], my name is Rumpelstilzchen');
    expect(detail?.bodies?.answer).toBe(`${'ä'.repeat(150)}\n[cut: 2000 bytes]`);
    expect(await opened.traces.purge('bodies', START + 1)).toBe(1);
    expect(opened.traces.request('one')).toMatchObject({ request: { id: 'one' }, bodies: undefined });
    await opened.close();
    for (const file of [databasePath, databasePath.replace('.sqlite', '-bodies.sqlite')])
      expect(readFileSync(file).toString('latin1')).not.toMatch(/Rumpel|sk-secret/);
  });

  it('go with their requests', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const opened = keep(databasePath, { keep: 'all' });
    opened.add(entry({ id: 'one' }));
    opened.bodies.add(entry({ id: 'one' }), () => ({ request: 'a', answer: 'b' }));
    await opened.bodies.flush();
    expect(await opened.traces.purge('requests', START + 10)).toBe(1);
    expect(opened.traces.request('one')).toBeUndefined();
    expect(opened.bodies.read('one')).toBeUndefined();
  });

  it('of failures only, where that is asked for', async () => {
    const opened = keep(join(temporaryFolder(), 'catalog.sqlite'), { keep: 'failures' });
    opened.bodies.add(entry({ id: 'good' }), () => ({ request: 'a', answer: 'b' }));
    opened.bodies.add(entry({ id: 'bad', outcome: 'failed' }), () => ({ request: 'a', answer: '' }));
    await opened.bodies.flush();
    expect([opened.bodies.read('good'), opened.bodies.read('bad')]).toEqual([undefined, { request: 'a', answer: '' }]);
  });

  it('are dropped and counted rather than piled up', async () => {
    const opened = keep(join(temporaryFolder(), 'catalog.sqlite'), { keep: 'all' });
    for (let place = 0; place < 1100; place++)
      opened.bodies.add(entry({ id: `a-${place}` }), () => ({ request: 'a', answer: 'b' }));
    await until(() => opened.bodies.dropped > 0);
    await opened.bodies.flush();
    expect(opened.bodies.dropped).toBe(100);
    expect(opened.traces.metrics()).toContain('shoal_gateway_trace_dropped{kind="bodies"} 100');
  });
});
