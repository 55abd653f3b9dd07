// Agents that decide by a model: chosen by rule, limited by the table, recorded as inputs, and replayed without one.
import { describe, expect, it } from 'vitest';
import type { GenerateRequest, LanguageModel } from '#foundation';
import type { WorldEvent } from '#engine/contract';
import { forkRun } from '../../engine/record/fork.ts';
import { openRecord } from '../../engine/record/record.ts';
import { replay } from '../../engine/rounds/rehearse.ts';
import { openWorld } from '../../engine/rounds/run.ts';
import { digestOf, recordedRun, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const spec = syntheticSpec({ size: 80, rounds: 8, actors: 4, scenario: { models: { agentShare: 0.3 } } });

/** A provider whose answers are given by a function of the request. */
function provider(answer: (request: GenerateRequest) => unknown): LanguageModel & { readonly requests: GenerateRequest[] } {
  const requests: GenerateRequest[] = [];
  return {
    kind: 'provider',
    model: 'test/fixed',
    requests,
    generate: (request) => {
      requests.push(request);
      const value = answer(request);
      return Promise.resolve({
        text: JSON.stringify(value),
        value: request.schema?.type.parse(value),
        toolCalls: [],
        finishReason: 'stop',
        usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0 },
        costNanoUsd: 0,
        model: 'test/fixed',
        requestId: String(requests.length),
        fromCassette: false,
      });
    },
    stream: () => {
      throw new Error('not used');
    },
    embed: () => Promise.resolve([]),
  };
}

const says = (text: string, opinion = 1) => ({ action: 'post', issue: 0, text, opinion });
const byAgent = (events: readonly WorldEvent[], agent: number | undefined): readonly WorldEvent[] =>
  events.filter((event) => event.agent === agent && event.kind !== 'shift');

const acts = (events: readonly WorldEvent[]): unknown[] =>
  events.filter(({ kind }) => kind !== 'fallback').map(({ agent, kind, value }) => [agent, kind, value]);

describe('deciding by model', () => {
  it('asks for the share of active agents, named actors first, and keeps their words', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const model = provider(() => says('Let us be done with it.'));
    await recordedRun(path, spec, { threads: 0, model });
    const record = openRecord(path);
    expect(record.manifest.model).toBe('test/fixed');
    for (const { round, active } of record.summaries()) {
      const asked = model.requests.filter((request) => request.round === round).map(({ agent }) => agent ?? -1);
      expect(asked.length).toBe(Math.round(0.3 * active));
      const written = record
        .posts({ limit: 1000, round })
        .filter((post) => post.round === round && post.kind === 'post' && post.writtenBy === 'model');
      expect(written.map(({ agent }) => agent).toSorted((left = 0, right = 0) => left - right)).toEqual(asked);
      expect(written.every(({ text }) => text === 'Let us be done with it.')).toBe(true);
      for (const agent of asked) expect(byAgent(record.events({ round }), agent).map(({ kind }) => kind)).toEqual(['post']);
    }
    record.close();
  });

  it('moves an opinion by at most the step of the table', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const model = provider(() => says('All for it.', 1));
    await recordedRun(path, spec, { threads: 0, model });
    const record = openRecord(path);
    for (const { agent = -1, round = 0 } of model.requests) {
      const before = record.stateAt(round - 1).opinion[agent] ?? 0;
      expect(record.stateAt(round).opinion[agent]).toBeCloseTo(Math.min(1, before + 0.25), 5);
    }
    record.close();
  });

  it('is not asked again for the rounds that a fork shares, whose answers it takes along', async () => {
    using folder = temporaryFolder();
    const [path, fork] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(path, spec, { threads: 0, model: provider(() => says('All for it.', 1)) });
    const identity = { runId: 'fork', title: 'Fork', createdAt: 'now', scenarioHash: 'f' };
    forkRun({ from: path, to: fork, identity, round: 4, change: {} });
    const model = provider(() => says('All for it.', 1));
    const world = await openWorld(fork, { threads: 0, model });
    await world.run();
    await world.close();
    expect(new Set(model.requests.map(({ round }) => round))).toEqual(new Set([5, 6, 7]));
    const [parent, own] = [openRecord(path), openRecord(fork)];
    expect(own.digest).toBe(parent.digest);
    expect(own.posts({ round: 3, limit: 500 })).toEqual(parent.posts({ round: 3, limit: 500 }));
    parent.close();
    own.close();
    expect(await replay(fork, { threads: 0 })).toMatchObject({ identical: true, rounds: 8 });
  });

  it('shows the model only what a feed may show, with words', async () => {
    using folder = temporaryFolder();
    const model = provider(() => ({ action: 'nothing', opinion: 0 }));
    await recordedRun(folder.path('run.sqlite'), spec, { threads: 0, model });
    const texts = model.requests.map(({ messages }) => messages.map(({ content }) => content).join('\n'));
    expect(texts.some((text) => text.includes('oint number'))).toBe(true);
  });

  it('records a failed answer as a fallback and acts by the crowd rules', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec, { threads: 0, model: provider(() => ({ action: 'shout', opinion: 0 })) });
    const record = openRecord(path);
    const asked = record.summaries().reduce((sum, { active }) => sum + Math.round(0.3 * active), 0);
    expect(record.events({ kind: 'fallback' }).length).toBe(asked);
    const fallbacks = acts(record.events({}));
    record.close();
    await recordedRun(folder.path('crowd.sqlite'), spec);
    const crowd = openRecord(folder.path('crowd.sqlite'));
    expect(fallbacks).toEqual(acts(crowd.events({})));
    crowd.close();
  });

  it('replays and resumes without asking again', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    let count = 0;
    const model = provider(() => (count++ % 3 === 0 ? { action: 'shout', opinion: 0 } : says(`Words number ${count}.`, -1)));
    await recordedRun(path, spec, { threads: 0, model });
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, divergedAt: undefined, rounds: 8 });
    const world = await openWorld(path, { threads: 0 });
    expect(world.state).toBe('finished');
    await world.close();
    const record = openRecord(path);
    expect(record.digest).not.toBe(await digestOf(spec));
    record.close();
  });

  it('asks nobody where the model is the embedded one', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const model = { ...provider(() => says('no')), kind: 'embedded' as const };
    await recordedRun(path, spec, { threads: 0, model });
    expect(model.requests.length).toBe(0);
    const record = openRecord(path);
    expect(record.manifest.model).toBe('embedded (rule-based)');
    record.close();
  });
});
