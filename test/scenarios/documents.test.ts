import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '#scenarios';
import { folderWith, VALID } from './scenario-folder.ts';

const yamlFor = (...entries: readonly string[]): string =>
  VALID.replace('  - notes.txt', entries.map((entry) => `  - '${entry}'`).join('\n'));

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await loadScenario(folder)).documents.map(({ name }) => name);

describe('the documents of a scenario', () => {
  it('come in the order of their entries, matches of a glob sorted, each file once', async () => {
    const files = { 'texts/b.md': 'b', 'texts/a.md': 'a', 'texts/z.txt': 'z', 'texts/Z.md': 'Z' };
    const folder = folderWith({ 'scenario.yaml': yamlFor('texts/z.txt', 'texts/*.md', 'texts/*'), ...files });
    expect(await namesIn(folder)).toEqual(['z.txt', 'Z.md', 'a.md', 'b.md']);
  });

  it('keep as much of their path as tells them apart', async () => {
    const folder = folderWith({ 'scenario.yaml': yamlFor('in/**/*.md'), 'in/one/a.md': '1', 'in/two/a.md': '2' });
    expect(await namesIn(folder)).toEqual(['one/a.md', 'two/a.md']);
  });

  it('carry their bytes unchanged', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
    const folder = folderWith({ 'scenario.yaml': yamlFor('raw.bin'), 'raw.bin': bytes });
    expect((await loadScenario(folder)).documents[0]?.bytes).toEqual(bytes);
  });

  it.each([
    '../outside.txt',
    '/etc/hostname',
    'texts/../../outside.txt',
    'texts/../a.md',
    '../*',
    'C:\\outside.txt',
    '..\\outside.txt',
  ])('may not leave the folder by %s', async (entry) => {
    const folder = folderWith({ 'scenario.yaml': yamlFor(entry), 'a.md': 'a', 'texts/b.md': 'b' });
    await expect(loadScenario(folder)).rejects.toThrow(/documents\[0\].* leads out of the scenario's folder/);
  });

  it('may not leave the folder by a link to a file or to a folder', async () => {
    const outside = folderWith({ 'secret.md': 'secret' });
    const folder = folderWith({ 'scenario.yaml': yamlFor('*.md', 'linked/secret.md'), 'a.md': 'a' });
    symlinkSync(join(outside, 'secret.md'), join(folder, 'innocent.md'));
    symlinkSync(outside, join(folder, 'linked'));
    await expect(loadScenario(folder)).rejects.toThrow(/innocent\.md[^]*linked\/secret\.md/);
  });

  it('are never fetched from the web', async () => {
    const folder = folderWith({ 'scenario.yaml': yamlFor('https://news.example/a.html') });
    await expect(loadScenario(folder)).rejects.toThrow(/is the address "https:\/\/news\.example\/a\.html"; download/);
  });

  it('may be links that stay inside', async () => {
    const folder = folderWith({ 'scenario.yaml': yamlFor('texts/*.md'), 'texts/a.md': 'a' });
    symlinkSync(join(folder, 'texts/a.md'), join(folder, 'texts/b.md'));
    expect(await namesIn(folder)).toEqual(['a.md', 'b.md']);
  });

  it('are named when they are missing, are folders, or match nothing', async () => {
    const folder = folderWith({ 'scenario.yaml': yamlFor('gone.md', 'texts', '*.pdf'), 'texts/a.md': 'a' });
    await expect(loadScenario(folder)).rejects.toThrow(/"gone\.md" is not[^]*"texts" is not[^]*matches no file: "\*\.pdf"/);
  });
});
