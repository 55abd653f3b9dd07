// Which code made a record: the version of Shoal, and a hash over every source file that can shape a digest.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** SHA-256 over the engine's source files and the foundation's, by path. */
export function engineHash(): string {
  const hash = createHash('sha256');
  const files = globSync(['engine/**/*.ts', 'foundation/*.ts'], { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  for (const file of files.toSorted((left, right) => (left < right ? -1 : 1))) {
    hash.update(`${file}\n`).update(readFileSync(`${root}${file}`));
  }
  return hash.digest('hex');
}

export function shoalVersion(): string {
  return (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }).version;
}
