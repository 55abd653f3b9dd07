// The documents of a scenario: paths and globs below its folder, and nothing outside it, whether by `..`, by an
// absolute path or by a link. What is found does not depend on the order in which the file system lists it.
import { glob, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { ScenarioDocument } from './contract.ts';
import type { Problem } from './problems.ts';

const isPattern = (entry: string): boolean => /[*?[{]/.test(entry);
const leavesFolder = (entry: string): boolean =>
  isAbsolute(entry) || /^[a-z]:/i.test(entry) || entry.split(/[/\\]/).includes('..');

export type FoundDocuments =
  | { readonly kind: 'found'; readonly documents: readonly ScenarioDocument[] }
  | { readonly kind: 'missing'; readonly problems: readonly Problem[] };

/** Reads what `entries` name, in their order; a glob's matches come sorted, each file once. */
export async function readDocuments(folder: string, entries: readonly string[]): Promise<FoundDocuments> {
  const home = await realpath(folder);
  const problems: Problem[] = [];
  const paths = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const complain = (message: string): number => problems.push({ path: ['documents', index], message });
    if (/^https?:\/\//i.test(entry)) {
      complain(`is the address "${entry}"; download the document into the folder, so that the scenario stays what it is`);
      continue;
    }
    if (leavesFolder(entry)) {
      complain(`is "${entry}", which leads out of the scenario's folder; copy the document into it`);
      continue;
    }
    const matches = await matching(folder, entry);
    if (matches.length === 0) {
      complain(isPattern(entry) ? `matches no file: "${entry}"` : `names no file: "${entry}" is not in the scenario's folder`);
    }
    for (const path of matches) {
      const inside = relative(home, await realpath(join(folder, path)));
      if (leavesFolder(inside))
        complain(`reaches "${path}", a link that leads out of the scenario's folder; copy the document into it`);
      else paths.add(path);
    }
  }
  if (problems.length > 0) return { kind: 'missing', problems };
  const names = namesOf([...paths]);
  const documents = await Promise.all(
    [...paths].map(async (path, index) => ({
      name: names[index] ?? path,
      bytes: new Uint8Array(await readFile(join(folder, path))),
    })),
  );
  return { kind: 'found', documents };
}

async function matching(folder: string, entry: string): Promise<readonly string[]> {
  const candidates: string[] = [];
  if (isPattern(entry)) for await (const match of glob(entry, { cwd: folder })) candidates.push(match);
  else candidates.push(entry);
  const files: string[] = [];
  for (const candidate of candidates) {
    const status = await stat(join(folder, candidate)).catch(() => undefined);
    if (status?.isFile())
      files.push(
        candidate
          .split(sep)
          .join('/')
          .replace(/^(\.\/)+/, ''),
      );
  }
  return files.toSorted((left, right) => (left < right ? -1 : 1));
}

/** Paths without the folder they all share: short, still unique, and the same on every machine. */
function namesOf(paths: readonly string[]): readonly string[] {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  const differing = first.findIndex((part, depth) => folders.some((parts) => parts[depth] !== part));
  const shared = differing === -1 ? first.length : differing;
  return paths.map((path) => path.split('/').slice(shared).join('/'));
}
