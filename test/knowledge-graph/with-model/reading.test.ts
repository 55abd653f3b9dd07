import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { LanguageModel } from '#foundation';
import { buildGraph } from '#knowledge-graph';
import type { FindingsCache, ModelStage, ModelUse } from '#knowledge-graph/contract';
import { documentsOf, factsOf, readCorpus } from '../corpora.ts';
import { embeddedModel } from '../embedded-model.ts';
import { providerModel, reading } from './provider-model.ts';
import type { Asked } from './provider-model.ts';

const GOOD = JSON.stringify({
  entities: [
    { name: 'Mara Voss', type: 'person', subtype: 'mayor', aliases: ['Voss'] },
    { name: 'Riverton Town Council', type: 'institution' },
    { name: 'Atlantis', type: 'place' },
  ],
  relations: [
    {
      subject: 'Mara Voss',
      predicate: 'lead',
      object: 'Riverton Town Council',
      quote: 'Voss, who has led the council since 2019',
      validFrom: '2019',
    },
    { subject: 'Mara Voss', predicate: 'own', object: 'Riverton Town Council', quote: 'Voss owns the council' },
    { subject: 'Mara Voss', predicate: 'visit', object: 'Atlantis', quote: 'Voss visited Atlantis' },
  ],
  claims: [
    {
      quote: 'Without  this money the bridge will have to close by 2030',
      speaker: 'Mara Voss',
      about: ['Mara Voss'],
      sentiment: -0.5,
    },
    { quote: 'The bridge is made of cheese and everybody knows it', speaker: 'Mara Voss' },
  ],
});

const build = (model: LanguageModel, text: string, findings?: FindingsCache, onUse?: (use: Use) => void) =>
  buildGraph(documentsOf(text), {
    model,
    seed: 1,
    ...(findings === undefined ? {} : { findings }),
    ...(onUse === undefined ? {} : { onModelUse: onUse }),
  });
type Use = Readonly<Record<ModelStage, ModelUse>>;

const naming = (names: readonly string[]): string =>
  JSON.stringify({ entities: names.map((name) => ({ name, type: 'unknown' })), relations: [], claims: [] });

const remembered = (): FindingsCache => {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key),
    put: (entries) => {
      for (const [key, value] of entries) kept.set(key, value);
    },
  };
};

describe('reading by a model', () => {
  it('keeps what the text bears out, word for word, and marks or drops the rest', async () => {
    const graph = await buildGraph(await readCorpus('council'), { model: providerModel(reading(GOOD)), seed: 1 });
    expect(graph.extractor).toMatchObject({ model: 'test/model-1', chunks: 1, fallbacks: 0 });
    expect(graph.entities.map((entity) => entity.name)).toEqual(expect.arrayContaining(['Mara Voss', 'Riverton Town Council']));
    expect(graph.entities.map((entity) => entity.name)).not.toContain('Atlantis');
    const facts = graph.relations.map(({ predicate, verified, validFrom, confidence }) => ({
      predicate,
      verified,
      validFrom,
      sure: confidence > 0.5,
    }));
    expect(facts).toContainEqual({ predicate: 'lead', verified: true, validFrom: '2019', sure: true });
    expect(facts).toContainEqual({ predicate: 'own', verified: false, validFrom: undefined, sure: false });
    expect(facts.map(({ predicate }) => predicate)).not.toContain('visit');
    expect(graph.claims.map((claim) => claim.text)).toEqual(['Without this money the bridge will have to close by 2030']);
    for (const { document, start, end, surface } of graph.mentions) {
      expect(graph.documents.find(({ id }) => id === document)?.text.slice(start, end)).toBe(surface);
    }
  });

  it('drops a date that neither the passage nor the date of the document bears out', async () => {
    const text = 'Mara Voss leads Acme Corp, the maker of tidal turbines in the north.';
    const relation = { subject: 'Mara Voss', predicate: 'lead', object: 'Acme Corp', quote: text, validFrom: '1871' };
    const entities = ['Mara Voss', 'Acme Corp'].map((name) => ({ name, type: 'unknown' }));
    const graph = await build(providerModel(reading(JSON.stringify({ entities, relations: [relation], claims: [] }))), text);
    expect(graph.relations.map(({ predicate, validFrom }) => [predicate, validFrom])).toEqual([['lead', undefined]]);
  });

  it('keeps the good items of an answer with bad ones among them', async () => {
    const text = 'Mara Voss leads Acme Corp, the maker of tidal turbines in the north.';
    const answer = {
      entities: [{ name: 'Mara Voss', type: 'person' }, { name: 'Acme Corp', type: 'spaceship' }, 7, { type: 'person' }],
      relations: [{ subject: 'Mara Voss' }, { subject: 'Mara Voss', predicate: 'lead', object: 'Acme Corp', quote: text }],
      claims: 'none',
    };
    const spoilt = await build(providerModel(reading(JSON.stringify(answer))), text);
    expect(spoilt.extractor.fallbacks).toBe(1);
    const mended = await build(providerModel(reading(JSON.stringify({ ...answer, claims: [null] }))), text);
    expect(mended.extractor.fallbacks).toBe(0);
    expect(factsOf(mended)).toEqual(['Mara Voss | lead | Acme Corp']);
  });

  it('falls back to the rules for a passage whose answer stays invalid, and counts it', async () => {
    const paragraph =
      'Mara Voss leads Acme Corp. Acme Corp acquired Kestrel Systems in 2020, and the price was not made public by anybody.';
    const text = Array.from({ length: 60 }, (_, index) => `${index}. ${paragraph}`).join('\n');
    const seen: Asked[] = [];
    const model = providerModel(
      ({ task, prompt }) => (task === 'knowledge_graph' && prompt.includes('\n0. Mara') ? 'I would rather not.' : undefined),
      seen,
    );
    const graph = await build(model, text);
    const passages = new Set(
      seen.flatMap(({ task, prompt }) => (task === 'knowledge_graph' ? prompt.split('<passage>')[2] : [])),
    );
    expect(passages.size).toBeGreaterThan(1);
    expect(graph.extractor).toMatchObject({ chunks: passages.size, fallbacks: 1 });
    expect(factsOf(graph)).toContain('Acme Corp | acquire | Kestrel Systems');
  });

  it('reads a passage once more only where names that rules found stay uncovered', async () => {
    const text = 'Mara Voss leads Acme Corp. Jonas Lind, who founded Kestrel Systems in 1998, sued Acme Corp in March 2024.';
    const all = ['Mara Voss', 'Acme Corp', 'Jonas Lind', 'Kestrel Systems'];
    const whole: Asked[] = [];
    await build(
      providerModel((asked) => reading(naming(all))(asked), whole),
      text,
    );
    expect(whole.filter(({ task }) => task === 'knowledge_graph')).toHaveLength(1);
    const partial: Asked[] = [];
    const graph = await build(
      providerModel(
        ({ task, prompt }) =>
          task === 'knowledge_graph' ? naming(prompt.includes('Left out:') ? all.slice(2) : all.slice(0, 2)) : undefined,
        partial,
      ),
      text,
    );
    const readings = partial.filter(({ task }) => task === 'knowledge_graph');
    expect(readings).toHaveLength(2);
    expect(readings[1]?.prompt).toMatch(/Left out: \[.*Jonas Lind.*Kestrel Systems.*\]/);
    expect(graph.entities.map(({ name }) => name)).toEqual(expect.arrayContaining(all));
  });

  it('steers the reading by the proposed vocabulary, and lists what found no member', async () => {
    const seen: Asked[] = [];
    const proposal = JSON.stringify({
      entityTypes: [{ type: 'institution', subtype: 'port authority' }, { type: 'nonsense' }],
      relationTypes: [{ predicate: 'Regulate', from: ['institution'], to: ['organisation'] }],
    });
    const graph = await build(
      providerModel(({ task }) => (task === 'ontology' ? proposal : undefined), seen),
      'Mara Voss leads Acme Corp, the maker of tidal turbines in the north.',
    );
    expect(seen.find(({ task }) => task === 'knowledge_graph')?.prompt).toContain(
      'port authority (institution); regulate (institution → organisation)',
    );
    expect(graph.ontology.relationTypes).toContainEqual(expect.objectContaining({ predicate: 'regulate', count: 0 }));
    expect(graph.ontology.entityTypes).toContainEqual({ type: 'institution', subtypes: ['port authority'], count: 0 });
  });

  it('asks a model about names that rules leave open, and joins only what it is sure of', async () => {
    const text =
      'Harbour Ferries plans a commuter line. Harbour Ferries Group carried 3,000 people. Lind Ferries was closed in 1990.';
    const names = ['Harbour Ferries', 'Harbour Ferries Group', 'Lind Ferries'];
    const seen: Asked[] = [];
    const model = (same: boolean) =>
      providerModel(({ task, prompt }) => {
        if (task === 'knowledge_graph')
          return JSON.stringify({ entities: names.map((name) => ({ name, type: 'organisation' })), relations: [], claims: [] });
        if (task !== 'same_things' || !same) return undefined;
        const pair = /Pair (\d+): "Harbour Ferries Group" and "Harbour Ferries"/.exec(prompt)?.[1];
        return JSON.stringify({ same: [Number(pair), 99] });
      }, seen);
    const apart = await build(model(false), text);
    expect(apart.entities.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    const together = await build(model(true), text);
    expect(together.entities.map(({ name }) => name)).not.toContain('Harbour Ferries');
    expect(together.entities.map(({ name }) => name)).toContain('Lind Ferries');
    expect(together.merges).toContainEqual(
      expect.objectContaining({ name: 'Harbour Ferries', into: 'Harbour Ferries Group', reason: 'model' }),
    );
  });

  it('asks nothing twice: a second build has the same graph from kept answers, and tells tokens by stage', async () => {
    const findings = remembered();
    const text = 'Mara Voss leads Acme Corp, the maker of tidal turbines in the north.';
    const seen: Asked[] = [];
    const uses: Use[] = [];
    const first = await build(providerModel(reading(GOOD), seen), text, findings, (use) => void uses.push(use));
    const asked = seen.length;
    const second = await build(providerModel(reading('{}'), seen), text, findings, (use) => void uses.push(use));
    expect(second.hash).toBe(first.hash);
    expect(seen.length).toBe(asked);
    const readings = seen.filter(({ task }) => task === 'knowledge_graph');
    const tokens = (uses[0]?.reading.inputTokens ?? 0) + (uses[0]?.['second-reading'].inputTokens ?? 0);
    expect(tokens).toBe(readings.reduce((sum, { prompt }) => sum + prompt.length, 0));
    expect(uses[0]?.ontology).toMatchObject({ calls: 1, kept: 0, outputTokens: 7 });
    expect(uses[1]).toMatchObject({ ontology: { calls: 0, kept: 1 }, reading: { calls: 0, kept: 1, inputTokens: 0 } });
  });

  it('asks no more once the budget is used up', async () => {
    const text = Array.from({ length: 300 }, (_, index) => `${index}. Mara Voss leads Acme Corp in the year of the flood.`).join(
      '\n',
    );
    let calls = 0;
    const model: LanguageModel = {
      ...embeddedModel,
      kind: 'provider',
      generate: () => {
        calls++;
        return Promise.reject(new ShoalError('budget_exceeded', 'No.'));
      },
    };
    const graph = await build(model, text);
    expect(graph.extractor.fallbacks).toBe(graph.extractor.chunks);
    expect(graph.extractor.chunks).toBeGreaterThan(4);
    expect(calls).toBe(1);
    expect(factsOf(graph)).toContain('Mara Voss | lead | Acme Corp');
  });

  it('passes on what is no fault of the answer', async () => {
    const model: LanguageModel = {
      ...embeddedModel,
      kind: 'provider',
      generate: () => Promise.reject(new ShoalError('model_unavailable', 'No.')),
    };
    await expect(buildGraph(await readCorpus('council'), { model, seed: 1 })).rejects.toMatchObject({
      code: 'model_unavailable',
    });
  });
});
