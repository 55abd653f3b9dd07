// What a scraper reads.
import { describe, expect, it } from 'vitest';
import { entry, openTraces } from './entries.ts';
import { readPrometheus } from './prometheus-text.ts';

function scrape(opened: ReturnType<typeof openTraces>) {
  const families = readPrometheus(opened.traces.metrics());
  return (name: string, labels: Readonly<Record<string, string>> = {}): number | undefined => {
    const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
    const fits = family?.samples.filter(
      (sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
    return fits === undefined || fits.length === 0 ? undefined : fits.reduce((sum, { value }) => sum + value, 0);
  };
}

describe('metrics', () => {
  it('count calls, tokens, money, errors and times', () => {
    const opened = openTraces();
    opened.add(
      entry(),
      entry({ stream: true, firstOutputMs: 50, latencyMs: 240, outputTokens: 20, upstreamMs: 239.9, cache: 'hit-exact' }),
      entry({ outcome: 'denied', errorCode: 'budget_exceeded', upstreamMs: 0, guardrailsBlocked: 3, cache: undefined }),
      entry({ outcome: 'failed', errorCode: 'model_timeout', door: 'in-process', stage: 'agents' }),
    );
    opened.log.begin();
    const value = scrape(opened);
    const model = { model: 'openai/gpt-5', provider: 'openai' };
    expect(value('shoal_gateway_requests_total', { ...model, door: 'openai-chat', outcome: 'ok', stage: 'outside' })).toBe(2);
    expect(value('shoal_gateway_requests_total')).toBe(4);
    expect(value('shoal_gateway_errors_total', { type: 'policy_budget_exceeded' })).toBe(1);
    expect(value('shoal_gateway_errors_total', { type: 'provider_model_timeout' })).toBe(1);
    expect(value('shoal_gateway_errors_total')).toBe(2);
    expect(value('shoal_gateway_tokens_total', { ...model, direction: 'input' })).toBe(400);
    expect(value('shoal_gateway_tokens_total', { ...model, direction: 'reasoning' })).toBe(20);
    expect(value('shoal_gateway_cost_nano_usd_total')).toBe(4 * 1234);
    expect(value('shoal_gateway_duration_seconds_count', model)).toBe(4);
    expect(value('shoal_gateway_duration_seconds_sum', model)).toBeCloseTo(0.99);
    expect(value('shoal_gateway_duration_seconds_bucket', { ...model, le: '0.25' })).toBe(4);
    expect(value('shoal_gateway_duration_seconds_bucket', { ...model, le: '0.1' })).toBe(0);
    expect(value('shoal_gateway_time_to_first_token_seconds_sum')).toBeCloseTo(0.05);
    expect(value('shoal_gateway_inter_token_latency_seconds_sum')).toBeCloseTo(0.01);
    expect(value('shoal_gateway_overhead_seconds_count')).toBe(3);
    expect(value('shoal_gateway_overhead_seconds_bucket', { le: '0.00025' })).toBe(1);
    expect(value('shoal_gateway_cache_total', { verdict: 'exact' })).toBe(1);
    expect(value('shoal_gateway_guardrail_total', { verdict: 'blocked' })).toBe(3);
    expect(value('shoal_gateway_active_requests')).toBe(1);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(value('shoal_event_loop_delay_seconds', { quantile: '0.99' })).toBeGreaterThanOrEqual(0);
  });

  it('have no label that callers could fill with whatever they like', () => {
    const opened = openTraces();
    for (let place = 0; place < 3000; place++)
      opened.add(
        entry({
          target: `made-up/${place}`,
          asked: 'x',
          provider: 'made-up',
          key: `key_${place}`,
          runId: `run-${place}`,
          user: `u${place}`,
        }),
      );
    for (let place = 0; place < 3000; place++) opened.add(entry({ target: `openai/${place}` }));
    const families = readPrometheus(opened.traces.metrics());
    const models = new Set(families.get('shoal_gateway_requests_total')?.samples.map(({ labels }) => labels['model']));
    expect(models).toContain('other');
    expect(models.size).toBeLessThanOrEqual(501);
    expect(opened.traces.metrics()).not.toMatch(/made-up|key_1|run-1/);
  });

  it('show what others know, whatever it is called', () => {
    const opened = openTraces(
      {},
      {
        readings: {
          budgets: () => [
            { id: 'shoal', limitNanoUsd: 5e9, spentNanoUsd: 2e9, reservedNanoUsd: 1 },
            { id: 'a "quoted"\\\nname', limitNanoUsd: undefined, spentNanoUsd: 7, reservedNanoUsd: 0 },
          ],
          providers: () => [{ id: 'openai', up: false }],
          circuits: () => [{ target: 'openai/gpt-5', state: 2 }],
          queues: () => [{ name: 'budget', waiting: 4 }],
        },
      },
    );
    const value = scrape(opened);
    expect(value('shoal_gateway_budget_spent_nano_usd', { node: 'a "quoted"\\\nname' })).toBe(7);
    expect(value('shoal_gateway_budget_limit_nano_usd')).toBe(5e9);
    expect(value('shoal_gateway_budget_reserved_nano_usd', { node: 'shoal' })).toBe(1);
    expect(value('shoal_gateway_provider_up', { provider: 'openai' })).toBe(0);
    expect(value('shoal_gateway_circuit_state', { target: 'openai/gpt-5' })).toBe(2);
    expect(value('shoal_gateway_queue_waiting', { queue: 'budget' })).toBe(4);
  });

  it('name every error of the table, and no other', () => {
    const opened = openTraces();
    opened.add(entry({ outcome: 'failed', errorCode: 'not_in_the_table' }));
    const types = readPrometheus(opened.traces.metrics())
      .get('shoal_gateway_errors_total')
      ?.samples.map(({ labels }) => labels['type']);
    for (const type of types ?? []) expect(type).toMatch(/^(caller|policy|provider|shoal)_[a-z_]+$/);
    expect(scrape(opened)('shoal_gateway_errors_total', { type: 'shoal_internal' })).toBe(1);
  });
});
