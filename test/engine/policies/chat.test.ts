// Talking to agents: the usual questions, answered from the record and the documents as of a round.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatAnswer, ChatTurn, RunRecord } from '#engine/contract';
import { chatWithAgent, populationSkills } from '../../../engine/policies/chat/index.ts';
import { embeddedModel } from '../../embedded-model.ts';
import { temporaryFolder } from '../fixtures-run.ts';
import { ROUNDS, TOWN_GRAPH, livedTown } from './fixtures-town.ts';

const folder = temporaryFolder();
let record: RunRecord;
beforeAll(async () => {
  record = await livedTown(folder.path('town.sqlite'));
});
afterAll(() => {
  record.close();
  folder[Symbol.dispose]();
});

const model = embeddedModel(populationSkills);
const LAST = ROUNDS - 1;
const ask = (agent: number, message: string, history: readonly ChatTurn[] = [], round = LAST): Promise<ChatAnswer> =>
  chatWithAgent({ record, graph: TOWN_GRAPH, agent, round, history, message, model });

const named = (name: string): number => record.population.actors.find((actor) => actor.name === name)?.agent ?? -1;
const crowdMember = (): number => {
  const writer = record.events({ kind: 'post' }).find(({ agent = 0 }) => agent >= record.population.actors.length);
  return writer?.agent ?? 20;
};

describe('chat', () => {
  it('says who it is, in the first person, a body as "we"', async () => {
    expect((await ask(named('Mara Voss'), 'Who are you?')).text).toMatch(/^I am Mara Voss\..*[Mm]ayor/);
    expect((await ask(named('Ferrow town council'), 'Who are you?')).text).toMatch(/^We are Ferrow town council\./);
    const someone = record.persona(crowdMember());
    const answer = await ask(someone.agent, 'Tell me about yourself');
    expect(answer.text).toContain(someone.identity.name);
    expect(answer.text).toContain(String(someone.demographics.age));
  });

  it('says what it thinks as of the round, with an argument and where it stands in the documents', async () => {
    const answer = await ask(named('Ilse Brandt'), 'What do you think about the bridge toll?');
    expect(answer.text).toMatch(/disagree with this: “Ferrow should introduce the bridge toll/);
    expect(answer.spans.length).toBeGreaterThan(0);
    for (const span of answer.spans)
      expect(answer.text.toLowerCase()).toContain(TOWN_GRAPH.quote(span).toLowerCase().replace(/\.$/, ''));
  });

  it('gives reasons, and understands a bare follow-up by the turns before', async () => {
    const first = await ask(named('Ilse Brandt'), 'Do you support the bridge toll?');
    const history: readonly ChatTurn[] = [
      { from: 'person', text: 'Do you support the bridge toll?' },
      { from: 'agent', text: first.text },
    ];
    const answer = await ask(named('Ilse Brandt'), 'Why?', history);
    expect(answer.text).toContain('Here is why.');
    expect(answer.spans.length).toBeGreaterThan(0);
  });

  it('tells what it posted, word for word, with the events', async () => {
    const agent = crowdMember();
    const answer = await ask(agent, 'What did you post?');
    expect(answer.events.length).toBeGreaterThan(0);
    for (const seq of answer.events) {
      expect(record.event(seq)?.agent).toBe(agent);
      const start = (record.post(seq)?.text ?? '').replaceAll(/[“”"]/g, '').slice(0, 20);
      expect(answer.text.replaceAll(/[“”‘’"]/g, '')).toContain(start.replaceAll(/[‘’]/g, ''));
    }
  });

  it('names what changed its mind and who influenced it by events of its own', async () => {
    const moved = record
      .events({ kind: 'shift' })
      .filter(({ target }) => target !== undefined)
      .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
    const agent = moved?.agent ?? -1;
    for (const question of ['What changed your mind?', 'Who influenced you?']) {
      const answer = await ask(agent, question);
      expect(answer.events.length).toBeGreaterThan(0);
      for (const seq of answer.events) expect(record.event(seq)?.round).toBeLessThanOrEqual(LAST);
    }
  });

  it('tells what it has seen and what would change its mind', async () => {
    const agent = crowdMember();
    expect((await ask(agent, 'What have you seen lately?')).text).toMatch(/stayed with me|Nothing that stayed/);
    const answer = await ask(named('Mara Voss'), 'What would change your mind?');
    expect(answer.text).toMatch(/argument/);
    expect(answer.spans.length).toBeGreaterThan(0);
  });

  it('knows entities of the documents and how it is tied to them', async () => {
    const answer = await ask(named('Ilse Brandt'), 'Do you know Mara Voss?');
    expect(answer.text).toContain('Mara Voss');
    expect(answer.spans.length).toBeGreaterThan(0);
    const own = await ask(named('Ilse Brandt'), 'What about the Harbour Traders Association?');
    expect(own.text).toContain('We follow each other.');
  });

  it('greets, thanks, and admits to being simulated', async () => {
    expect((await ask(30, 'Hello!')).text).toMatch(/^(Hello|Hi|Good)/);
    expect((await ask(30, 'Thank you')).text.length).toBeGreaterThan(3);
    expect((await ask(30, 'Are you a real person?')).text).toContain('simulated');
  });

  it.each(['What is your favourite pizza?', 'How tall is Mount Everest?', 'Quantum chromodynamics?'])(
    'says of %s that it has not followed it',
    async (question) => {
      const answer = await ask(30, question);
      expect(answer.text).toMatch(/not something (I|we) have followed/i);
      expect(answer.events).toEqual([]);
    },
  );

  it('never claims to know what comes after the round', async () => {
    const round = 3;
    for (const question of ['What will happen next week?', 'What happened in round 9?', 'Who will win?']) {
      expect((await ask(30, question, [], round)).text).toContain('cannot know what comes later');
    }
    for (let agent = 0; agent < record.population.size; agent += 7) {
      for (const question of ['What did you post?', 'What changed your mind?', 'What have you seen lately?', 'Why?']) {
        const answer = await ask(agent, question, [], round);
        for (const seq of answer.events) expect(record.event(seq)?.round).toBeLessThanOrEqual(round);
      }
    }
  });

  it('answers every usual question with whole sentences, whoever is asked', async () => {
    const questions = [
      'Hi',
      'Who are you?',
      'What do you think?',
      'Why?',
      'How sure are you?',
      'What does the other side say?',
      'What do you want?',
      'toll',
    ];
    for (let agent = 0; agent < record.population.size; agent += 11) {
      for (const question of questions) {
        const { text } = await ask(agent, question);
        expect(text).not.toMatch(/undefined|NaN| {2}|\.\.|“”|\{/);
        expect(text).toMatch(/[.!?…]["”’]?$/);
      }
    }
  });

  it('drops references that were not among the facts', async () => {
    const inventing = embeddedModel({ chat: () => JSON.stringify({ text: 'Trust me.', events: [999_999], spans: [12_345] }) });
    const answer = await chatWithAgent({
      record,
      graph: TOWN_GRAPH,
      agent: 30,
      round: LAST,
      history: [],
      message: 'Why?',
      model: inventing,
    });
    expect(answer).toMatchObject({ text: 'Trust me.', events: [], spans: [] });
  });

  it('refuses an agent that does not exist', async () => {
    await expect(ask(10_000, 'Hello')).rejects.toThrow(/no agent/i);
  });
});
