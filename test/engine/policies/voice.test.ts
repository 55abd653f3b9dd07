// The words of posts: always the same for the same recipe, never broken, never all alike.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Population, PostRecipe, TalkingPoint } from '#engine/contract';
import { createPopulation, personaOf } from '../../../engine/population/index.ts';
import { populationSkills } from '../../../engine/policies/chat/index.ts';
import { renderPost } from '../../../engine/policies/voice/index.ts';
import { PHRASES } from '../../../engine/policies/voice/phrases/index.ts';
import { BRIDGE_FRAMING, BRIDGE_GRAPH, REPAIR_FRAMING, bridgeScenario } from '../fixtures.ts';
import { embeddedModel } from '../../embedded-model.ts';

const populate = (framing = BRIDGE_FRAMING): Promise<Population> =>
  createPopulation({
    graph: BRIDGE_GRAPH,
    framing,
    scenario: bridgeScenario({ population: { size: 500 } }),
    model: embeddedModel(populationSkills),
  });
const population = await populate();
const rivals = await populate(REPAIR_FRAMING);

const recipeIn = (world: Population): fc.Arbitrary<PostRecipe> =>
  fc.record({
    seq: fc.integer({ min: 0, max: 5_000_000 }),
    kind: fc.constantFrom('post', 'reply', 'quote', 'repost'),
    round: fc.integer({ min: 0, max: 50 }),
    platformKind: fc.constantFrom('microblog', 'forum'),
    agent: fc.integer({ min: 0, max: world.size - 1 }),
    issue: fc.integer({ min: 0, max: world.issues.length - 1 }),
    stance: fc.double({ min: -1, max: 1, noNaN: true }),
    point: fc.option(fc.integer({ min: 0, max: world.talkingPoints.length - 1 }), { nil: undefined }),
    parent: fc.option(
      fc.record({
        agent: fc.option(fc.integer({ min: 0, max: world.size - 1 }), { nil: undefined }),
        stance: fc.double({ min: -1, max: 1, noNaN: true }),
        point: fc.option(fc.integer({ min: 0, max: world.talkingPoints.length - 1 }), { nil: undefined }),
      }),
      { nil: undefined },
    ),
  });

const post = (changes: Partial<PostRecipe>): PostRecipe => ({
  seq: 1,
  kind: 'post',
  round: 0,
  platformKind: 'forum',
  agent: 100,
  issue: 0,
  stance: 0.8,
  point: undefined,
  parent: undefined,
  ...changes,
});

const agentOf = (name: string): number => population.actors.find((actor) => actor.name === name)?.agent ?? -1;

/** Sixty answers of a supporter to a post of the given stance. */
const replies = (stance: number): string =>
  Array.from({ length: 60 }, (_, seq) =>
    renderPost({ population }, post({ seq, kind: 'reply', stance: 0.8, parent: { agent: 5, stance, point: undefined } })),
  ).join('\n');

const count = (texts: string, openings: readonly string[]): number =>
  texts.split('\n').filter((text) => openings.some((opening) => text.startsWith(opening))).length;

/** What a body says in its own words, quotations left out. */
const words = (name: string): string =>
  Array.from({ length: 60 }, (_, seq) =>
    renderPost({ population }, post({ seq, agent: agentOf(name), stance: 0.4, point: seq % population.talkingPoints.length })),
  )
    .join(' ')
    .replaceAll(/“[^”]*”/g, '');

describe('renderPost', () => {
  it.each([
    ['one issue', population],
    ['rival issues', rivals],
  ])('never breaks a sentence: %s', (_, world) => {
    fc.assert(
      fc.property(recipeIn(world), (recipe) => {
        const text = renderPost({ population: world }, recipe);
        expect(text.length).toBeGreaterThan(0);
        expect(text).not.toMatch(/undefined|NaN|\{|\}/);
        expect(text).not.toMatch(/ {2}|\.\.|,,|\.,|,\.|!\.|\?\.|“\s|\s”|^\s|\s$|“”/);
        expect(text).toMatch(/^[\p{Lu}“@\d‘]|^ok/u);
        expect((text.match(/“/g) ?? []).length).toBe((text.match(/”/g) ?? []).length);
        expect(text.length).toBeLessThanOrEqual(recipe.platformKind === 'microblog' ? 280 : 2000);
        expect(renderPost({ population: world }, recipe)).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('writes hundreds of different posts from a handful of points', () => {
    const points = population.talkingPoints.slice(0, 20);
    const texts = Array.from({ length: 500 }, (_, i) => {
      const agent = (i * 37) % population.size;
      return renderPost(
        { population },
        post({
          seq: i,
          agent,
          stance: population.columns.opinion[agent] ?? 0,
          point: i % points.length,
          platformKind: i % 2 === 0 ? 'forum' : 'microblog',
        }),
      );
    });
    expect(new Set(texts).size).toBeGreaterThanOrEqual(450);
    const openings = new Set(texts.map((text) => text.split(' ').slice(0, 3).join(' ')));
    expect(openings.size).toBeGreaterThan(110);
  });

  it('keeps quotations word for word', () => {
    const point = population.talkingPoints.find(({ text }) => text.startsWith('bridges with a toll'));
    const texts = Array.from({ length: 80 }, (_, seq) =>
      renderPost({ population }, post({ seq, stance: -0.7, point: point?.index })),
    );
    for (const text of texts) expect(text.toLowerCase()).toContain('bridges with a toll are repaired twice as fast as others');
    expect(texts.some((text) => text.includes('the Ministry of Transport'))).toBe(true);
  });

  it('never lets somebody say "we" or "I" for another outside quotation marks', () => {
    const point = population.talkingPoints.find(({ text }) => text.includes('that we have postponed'));
    for (let seq = 0; seq < 80; seq++) {
      const text = renderPost({ population }, post({ seq, stance: 0.7, point: point?.index }));
      expect(text).toMatch(/“[^”]*that we have postponed[^”]*”/);
    }
    const own = renderPost({ population }, post({ agent: point?.speaker ?? -1, stance: 0.7, point: point?.index }));
    expect(own).toContain('The bridge toll will pay for repairs that we have postponed for twenty years.');
    expect(own).not.toContain('Mara Voss');
  });

  it('takes the side of the author: agrees with its own points, rejects the others', () => {
    const against = population.talkingPoints.find(({ text }) => text.includes('is unfair to people'))?.index;
    const plain = Array.from({ length: population.size }, (_, agent) => agent).find(
      (agent) => agent >= population.actors.length && personaOf(population, agent).voice.register === 'plain',
    );
    const says = (stance: number): string =>
      Array.from({ length: 60 }, (_, seq) =>
        renderPost({ population }, post({ seq, agent: plain ?? 0, stance, point: against })),
      ).join(' ');
    expect(says(0.9)).toMatch(/That is wrong|do not believe a word|does not add up|not how it works/);
    expect(says(0.9)).not.toMatch(/I would sign that|That settles it for me/);
    expect(says(-0.9)).toMatch(/I would sign that|That settles it for me/);
    expect(says(0)).toMatch(/both sides|made up my mind|either way|what to make of it/i);
  });

  it('answers the side of the post it replies to', () => {
    const register = personaOf(population, 100).voice.register as keyof typeof PHRASES;
    const { agree, disagree } = PHRASES[register];
    expect(count(replies(0.8), agree)).toBeGreaterThan(40);
    expect(count(replies(-0.8), disagree)).toBeGreaterThan(35);
    expect(count(replies(-0.8), agree)).toBe(0);
  });

  it('lets bodies speak as bodies', () => {
    for (const name of ['Ferrow town council', 'Riverline Buses', 'Ferrow Courier'])
      expect(words(name)).not.toMatch(/\b(I|my|me)\b/);
    expect(words('Ferrow town council')).toMatch(/\b(We|our|We’ll)\b/i);
    expect(words('Riverline Buses')).not.toContain('Riverline Buses');
  });

  it('quotes nobody for what nobody said', () => {
    const remarks = population.talkingPoints.filter(({ origin }) => origin === 'proposition');
    for (const point of remarks) {
      for (let seq = 0; seq < 40; seq++) {
        const torn = renderPost({ population }, post({ seq, stance: 0, point: point.index }));
        expect(torn).not.toContain(point.text.slice(0, -1));
      }
    }
  });

  it('adds to the case of those it agrees with, and takes up the other side only against them', () => {
    const against = population.talkingPoints.find(({ text }) => text.includes('is unfair to people'));
    for (let seq = 0; seq < 60; seq++) {
      const text = renderPost(
        { population },
        post({ seq, kind: 'reply', stance: 0.8, point: against?.index, parent: { agent: 5, stance: 0.7, point: undefined } }),
      );
      expect(text).not.toContain('is unfair to people');
    }
  });

  it('argues a general no by the case for the answer that its author prefers', () => {
    const issues = rivals.issues.length;
    const remark = rivals.talkingPoints.find(
      ({ origin, lean, issue }) => origin === 'proposition' && lean === -0.5 && issue === 1,
    );
    const texts = Array.from({ length: rivals.size - rivals.actors.length }, (_, i) => rivals.actors.length + i)
      .filter((agent) => (rivals.columns.opinion[agent * issues] ?? 0) > 0.3)
      .map((agent) =>
        renderPost({ population: rivals }, post({ seq: agent, agent, issue: 1, stance: -0.7, point: remark?.index })),
      );
    const label = `“${rivals.issues[0]?.label}”`;
    expect(texts.filter((text) => text.includes(label)).length / texts.length).toBeGreaterThan(0.3);
  });

  it('does not let a company speak of members', () => {
    for (let seq = 0; seq < 120; seq++)
      expect(renderPost({ population }, post({ seq, agent: agentOf('Riverline Buses'), stance: 0 }))).not.toMatch(/\bmembers\b/);
  });

  it('says the words of an intervention as they are, and quotes them in posts about it', () => {
    const news: TalkingPoint = {
      index: population.talkingPoints.length,
      issue: 0,
      lean: 0.7,
      arousal: 0.8,
      text: 'The ministry doubles its grant for the bridge. It says the offer stands until May.',
      source: undefined,
      speaker: undefined,
      origin: 'intervention',
    };
    const points = [...population.talkingPoints, news];
    expect(renderPost({ population, points }, post({ kind: 'inject', point: news.index }))).toBe(news.text);
    expect(renderPost({ population, points }, post({ point: news.index }))).toContain(
      'The ministry doubles its grant for the bridge.',
    );
  });

  it('renders fast enough to show any feed', () => {
    const start = performance.now();
    for (let seq = 0; seq < 5000; seq++)
      renderPost({ population }, post({ seq, agent: seq % population.size, point: seq % population.talkingPoints.length }));
    // 50,000 a second on an idle core; a loaded test machine is given twenty times as long.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
