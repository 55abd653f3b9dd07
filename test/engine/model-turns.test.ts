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
    embed: () => Promise.reject(new Error('not used')),
  };
}

const says = (text: string, opinion = 1) => ({ action: 'post', issue: 0, text, opinion });
const byAgent = (events: readonly WorldEvent[], agent: number | undefined): readonly WorldEvent[] =>
  events.filter((event) => event.agent === agent && event.kind !== 'shift');

const acts = (events: readonly WorldEvent[]): unknown[] =>
  events.filter(({ kind }) => kind !== 'fallback').map(({ agent, kind, value }) => [agent, kind, value]);

/** Whether another feed has been looked at, so that no second is on offer. */
const isAgain = (request: GenerateRequest): boolean => !(request.messages[0]?.content ?? '').includes('"trend",');

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

  it('shows who asks for another feed that feed, and lets it decide once more', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const model = provider((request) =>
      isAgain(request) ? says('I have looked around.', 0) : { action: 'trend', issue: 0, opinion: 0 },
    );
    await recordedRun(path, spec, { threads: 0, model });
    const record = openRecord(path);
    const decided = model.requests.filter(isAgain);
    expect(decided.length).toBe(model.requests.length / 2);
    for (const { agent, round = 0 } of decided) {
      expect(byAgent(record.events({ round }), agent).map(({ kind }) => kind)).toEqual(['trend', 'post']);
    }
    expect(
      record.posts({ limit: 1000 }).filter(({ kind, text }) => kind === 'post' && text === 'I have looked around.').length,
    ).toBe(decided.length);
    record.close();
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, rounds: 8 });
  });

  it('offers every action that is possible, and does what is chosen', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const everywhere = syntheticSpec({
      size: 80,
      rounds: 16,
      actors: 4,
      scenario: { models: { agentShare: 0.6 }, platforms: [{ kind: 'microblog' }, { kind: 'forum' }, { kind: 'chat' }] },
    });
    const taken = new Map<string, number>();
    // Takes whatever has been taken least so far, aimed at the first target there is.
    const model = provider(({ messages }) => {
      const [system = '', user = ''] = messages.map(({ content }) => content);
      const choices = JSON.parse(/"action": one of (\[.*?\])/.exec(system)?.[1] ?? '[]') as string[];
      const offered = new Map([...user.matchAll(/action="([a-z]+)" target="(\d+)"/g)].map(([, name, target]) => [name, target]));
      const [seen] = /(?<=<post number=")\d+/.exec(user) ?? [];
      const possible = choices.filter(
        (choice) =>
          seen !== undefined || offered.has(choice) || ['post', 'group', 'refresh', 'trend', 'nothing'].includes(choice),
      );
      const action = possible.toSorted((left, right) => (taken.get(left) ?? 0) - (taken.get(right) ?? 0))[0] ?? 'nothing';
      taken.set(action, (taken.get(action) ?? 0) + 1);
      return { action, target: Number(offered.get(action) ?? seen ?? 0), issue: 0, text: 'Words.', opinion: 0.1 };
    });
    await recordedRun(path, everywhere, { threads: 0, model });
    const record = openRecord(path);
    const kinds = new Set(record.events({}).map(({ kind }) => kind));
    const refused = record.events({ kind: 'fallback' }).length;
    record.close();
    const mine = [
      'refresh',
      'trend',
      'search-posts',
      'search-users',
      'unlike',
      'report',
      'unmute',
      'group',
      'join',
      'leave',
      'message',
    ];
    expect(mine.filter((kind) => !kinds.has(kind as WorldEvent['kind']))).toEqual([]);
    // Whom one follows already one cannot follow: the one refusal that this model earns.
    expect(refused / model.requests.length).toBeLessThan(0.1);
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true });
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
