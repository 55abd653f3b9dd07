import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, scenarioFromFiles, withOverrides } from '#scenarios';
import { bridgeWith, DOCUMENT, folderWith, VALID } from './scenario-folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const DIGEST = 'ab'.repeat(32);

describe("a scenario's hash", () => {
  it('is the same for the same content in another folder, spelled in another order', async () => {
    const first = await loadScenario(bridgeWith('seed: 3\nensemble: 9\n'));
    const second = await loadScenario(bridgeWith('ensemble: 9\nseed: 3 # lucky\n'));
    expect(second.hash).toBe(first.hash);
    expect(second.folder).not.toBe(first.folder);
  });

  it('does not depend on the order in which files were made', async () => {
    const yaml = VALID.replace('notes.txt', "'*.txt'");
    const forward = await loadScenario(folderWith({ 'scenario.yaml': yaml, 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' }));
    const backward = await loadScenario(folderWith({ 'c.txt': 'c', 'b.txt': 'b', 'a.txt': 'a', 'scenario.yaml': yaml }));
    expect(backward.hash).toBe(forward.hash);
  });

  it('changes with a value, with one byte of a document and with a document’s name', async () => {
    const plain = await loadScenario(bridgeWith(''));
    const seeded = await loadScenario(bridgeWith('seed: 2\n'));
    const edited = await loadScenario(folderWith({ 'scenario.yaml': VALID, 'notes.txt': `${DOCUMENT} ` }));
    const renamed = await loadScenario(
      folderWith({ 'scenario.yaml': VALID.replace('notes.txt', 'note.txt'), 'note.txt': DOCUMENT }),
    );
    expect(new Set([plain.hash, seeded.hash, edited.hash, renamed.hash]).size).toBe(4);
  });

  it('is the same whether a default is written or left out', async () => {
    const plain = await loadScenario(bridgeWith(''));
    const spelled = await loadScenario(bridgeWith('seed: 1\nclock: { rounds: 48 }\n'));
    expect(spelled.hash).toBe(plain.hash);
  });
});

describe('overriding a scenario', () => {
  const news =
    'clock: { rounds: 20 }\ninterventions:\n  - { round: 5, text: Early news, stance: 0.5 }\n  - { round: 15, text: Late news, stance: 0.5 }\n';

  it('replaces what is given and leaves the rest', async () => {
    const loaded = await loadScenario(bridgeWith('seed: 3\n'));
    const { scenario } = withOverrides(loaded, {
      size: 50,
      ensemble: 2,
      model: 'openai/gpt-5-mini',
      agentShare: 0.2,
      budgetUsd: 3,
    });
    expect(scenario).toMatchObject({
      seed: 3,
      ensemble: 2,
      population: { size: 50, actors: 40 },
      models: { model: 'openai/gpt-5-mini', agentShare: 0.2 },
      budget: { usd: 3 },
    });
  });

  it('without a change is the same scenario', async () => {
    const loaded = await loadScenario(bridgeWith(news));
    expect(withOverrides(loaded, {})).toEqual(loaded);
  });

  it('drops interventions beyond a shorter clock and says so', async () => {
    const loaded = await loadScenario(bridgeWith(news));
    const shorter = withOverrides(loaded, { rounds: 10 });
    expect(shorter.scenario.interventions.map(({ round }) => round)).toEqual([5]);
    expect(shorter.notes).toHaveLength(1);
    expect(shorter.notes[0]).toMatch(/10 rounds.*round 15.*Late news/);
  });

  it('refuses values that a file could not have either', async () => {
    const loaded = await loadScenario(bridgeWith(''));
    expect(() => withOverrides(loaded, { size: 1, rounds: 2.5 })).toThrow(/`population.size` is 1[^]*`clock.rounds` is 2.5/);
  });

  it('keeps the expected digest only while nothing changes', async () => {
    const folder = bridgeWith('');
    writeFileSync(join(folder, 'expected-digest'), `${DIGEST}\n`);
    const loaded = await loadScenario(folder);
    expect(loaded.expectedDigest).toBe(DIGEST);
    expect(withOverrides(loaded, { seed: loaded.scenario.seed }).expectedDigest).toBe(DIGEST);
    expect(withOverrides(loaded, { seed: 99 }).expectedDigest).toBeUndefined();
  });
});

describe('a scenario made from files', () => {
  const file = { name: 'notes.txt', bytes: bytes(DOCUMENT) };

  it('takes its title and name from the question', () => {
    const { scenario, documents, folder } = scenarioFromFiles([file], '  Will Zürich’s bridge\n be built? ');
    expect(scenario.title).toBe('Will Zürich’s bridge be built?');
    expect(scenario.name).toBe('will-zurichs-bridge-be-built');
    expect(scenario.questions).toEqual([{ text: 'Will Zürich’s bridge be built?' }]);
    expect(documents).toEqual([file]);
    expect(folder).toBeUndefined();
  });

  it('names a question without Latin letters too, and shortens a long one', () => {
    expect(scenarioFromFiles([file], '橋は建設されますか').scenario.name).toBe('question');
    const long = scenarioFromFiles([file], `Will ${'the very long bridge '.repeat(20)}be built?`).scenario;
    expect(long.title.length).toBeLessThanOrEqual(120);
    expect(long.title.endsWith('…')).toBe(true);
  });

  it('tells files of the same name apart', () => {
    const { documents, scenario } = scenarioFromFiles([file, file, file], 'Will it be built?');
    expect(scenario.documents).toEqual(['notes.txt', 'notes (2).txt', 'notes (3).txt']);
    expect(documents.map(({ name }) => name)).toEqual(scenario.documents);
  });

  it('lets overrides speak last, and checks them', () => {
    expect(scenarioFromFiles([file], 'Will it?', { title: 'A bridge', population: { size: 9 } }).scenario).toMatchObject({
      title: 'A bridge',
      population: { size: 9 },
    });
    expect(() => scenarioFromFiles([file], 'Will it?', { population: { size: 1 } })).toThrow(/`population.size` is 1/);
  });

  it('needs a file and a question', () => {
    expect(() => scenarioFromFiles([], 'Will it?')).toThrow(expect.objectContaining({ code: 'no_documents' }));
    expect(() => scenarioFromFiles([file], '   ')).toThrow(expect.objectContaining({ code: 'question_missing' }));
  });

  it('has the hash of the same scenario in a folder', async () => {
    const made = scenarioFromFiles([file], 'Will the bridge be built?', {
      name: 'bridge',
      title: 'A bridge',
      description: 'Two banks and one question.',
    });
    const source = bridgeWith('');
    const copy = folderWith({});
    cpSync(source, copy, { recursive: true });
    expect((await loadScenario(copy)).hash).toBe(made.hash);
  });
});
