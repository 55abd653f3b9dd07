import { describe, expect, it } from 'vitest';
import { randomKey, randomStream } from '#foundation';
import type { Entity } from '#knowledge-graph/contract';
import { detectCommunities } from '../../knowledge-graph/communities/detect.ts';
import type { CommunityNode } from '../../knowledge-graph/communities/detect.ts';
import { labelCommunities } from '../../knowledge-graph/communities/labels.ts';
import type { Sentence } from '../../knowledge-graph/communities/material.ts';
import type { Network } from '../../knowledge-graph/salience/network.ts';
import { buildText } from './corpora.ts';
import { clique, isConnected, karateClub, modularity, networkOf, range } from './networks.ts';

const top = (found: readonly CommunityNode[]): readonly (readonly number[])[] =>
  found.filter(({ level }) => level === 0).map(({ members }) => members);

/** Eight groups of ten cliques of six: a community of the whole is too large and falls into cliques. */
function nested(): Network {
  const cliques = range(0, 80).map((at) => range(at * 6, at * 6 + 6));
  const ties = range(0, 8).flatMap((group) =>
    clique(range(group * 10, group * 10 + 10)).map(([left, right]) => [left * 6, right * 6 + 1] as const),
  );
  const bridges = range(0, 7).map((group) => [group * 60 + 5, (group + 1) * 60 + 5] as const);
  return networkOf(480, [...cliques.flatMap(clique), ...ties, ...bridges]);
}

function randomNetwork(seed: number): Network {
  const stream = randomStream(randomKey(seed, 'test-network'));
  const pairs = new Set(
    Array.from({ length: 500 }, () => [stream.below(200), stream.below(200)].toSorted((a, b) => a - b).join()),
  );
  const edges = [...pairs].map((pair) => pair.split(',').map(Number) as [number, number]);
  return networkOf(
    200,
    edges.filter(([left, right]) => left !== right),
  );
}

describe('communities', () => {
  it('tells two cliques apart that one tie joins', () => {
    const network = networkOf(10, [...clique(range(0, 5)), ...clique(range(5, 10)), [4, 5]]);
    expect(detectCommunities(network, 1)).toEqual([
      { id: 'm1', parent: undefined, level: 0, members: [0, 1, 2, 3, 4] },
      { id: 'm2', parent: undefined, level: 0, members: [5, 6, 7, 8, 9] },
    ]);
  });

  it.each([1, 2, 3, 4, 5])('parts the karate club with a modularity of 0.41 or more (seed %i)', (seed) => {
    expect(modularity(karateClub, top(detectCommunities(karateClub, seed)))).toBeGreaterThanOrEqual(0.41);
  });

  it('cuts a large community again, each part inside its parent', () => {
    const network = nested();
    const found = detectCommunities(network, 1);
    const byId = new Map(found.map((community) => [community.id, community] as const));
    expect(Math.max(...found.map(({ level }) => level))).toBeGreaterThan(0);
    const all = { level: -1, members: network.ids.map((_, node) => node) };
    for (const { id, level, parent, members } of found) {
      const whole = byId.get(parent ?? '') ?? all;
      expect(level, id).toBe(whole.level + 1);
      expect(members.length, id).toBeLessThan(whole.members.length);
      expect(whole.members, id).toEqual(expect.arrayContaining([...members]));
    }
    for (const { id } of found.filter(({ members }) => members.length > 30))
      expect(found.filter(({ parent }) => parent === id).length, id).toBeGreaterThan(1);
  });

  it('never joins what does not hang together', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const network = randomNetwork(seed);
      for (const { id, members } of detectCommunities(network, seed)) expect(isConnected(network, members), id).toBe(true);
    }
  });

  it('gives the same communities for the same seed', () => {
    expect(detectCommunities(nested(), 7)).toEqual(detectCommunities(nested(), 7));
  });

  it('leaves out nodes that are tied to nothing, unless nothing is tied', () => {
    expect(detectCommunities(networkOf(3, []), 1)).toEqual([{ id: 'm1', parent: undefined, level: 0, members: [0, 1, 2] }]);
    expect(detectCommunities(networkOf(0, []), 1)).toEqual([]);
    expect(top(detectCommunities(networkOf(4, [[0, 1]]), 1))).toEqual([[0, 1]]);
  });
});

describe('what is said of a community', () => {
  const FERRY = [
    'Mara Voss leads the Harbour Authority in Ferrow.',
    'The Harbour Authority supported the Ferry Union in Ferrow.',
    'Mara Voss praised the Ferry Union on Monday.',
    'The Ferry Union praised Mara Voss on Tuesday.',
  ];
  const BANK = [
    'Anna Keller founded Lumen Bank in Zurich.',
    'Lumen Bank acquired Corvex Insurance in Zurich.',
    'Anna Keller praised Corvex Insurance on Friday.',
  ];

  it('quotes sentences of its own members, word for word, and no sentence twice', async () => {
    const { communities, entities, documents } = await buildText([...FERRY, ...FERRY].join(' '), BANK.join(' '));
    const ferry = communities.find(({ members }) => members.includes('person:mara-voss'));
    const aliases = entities
      .filter(({ id }) => ferry?.members.includes(id))
      .flatMap(({ name, aliases: other }) => [name, ...other]);
    expect(ferry?.summary.length).toBeGreaterThan(1);
    expect(new Set(ferry?.summary.map(({ text }) => text)).size).toBe(ferry?.summary.length);
    for (const { text, source } of ferry?.summary ?? []) {
      expect(documents.find(({ id }) => id === source.document)?.text.slice(source.start, source.end)).toBe(text);
      expect(
        aliases.some((alias) => text.includes(alias)),
        text,
      ).toBe(true);
    }
  });

  it('is called by what its texts name and others do not', () => {
    const entities = ['Mara Voss', 'Ferrow', 'Anna Keller', 'Lumen Bank', 'Otto Brandt'].map(entityOf);
    const [voss, ferrow, keller, lumen, brandt] = range(0, 5) as [number, number, number, number, number];
    const communities = [[voss, ferrow], [keller, lumen], [brandt]].map((members, at) => ({
      id: `m${at + 1}`,
      parent: undefined,
      level: 0,
      members,
    }));
    // Ferrow is named most of all, but by everyone.
    const sentences = [
      [sentenceOf(voss, ferrow), sentenceOf(voss, ferrow), sentenceOf(ferrow)],
      [sentenceOf(keller, ferrow), sentenceOf(keller, lumen)],
      [sentenceOf(brandt, ferrow)],
    ];
    expect(labelCommunities(communities, sentences, entities)).toEqual([
      'Mara Voss, Ferrow',
      'Anna Keller, Lumen Bank',
      'Otto Brandt',
    ]);
  });
});

const sentenceOf = (...nodes: readonly number[]): Sentence => ({ span: { document: 'd1', start: 0, end: 1 }, nodes, facts: 0 });

const entityOf = (name: string): Entity => ({
  id: `person:${name}`,
  name,
  type: 'person',
  subtype: undefined,
  aliases: [],
  confidence: 1,
  salience: 0.5,
  description: undefined,
  sources: [],
});
