// Which rules read a document: a hash over the code of extraction and the pinned libraries under it. Findings of other
// rules are never taken for those of these.
import { globSync, readFileSync } from 'node:fs';
import { sha256 } from '#foundation';

const ROOMS = '{chunking,claims,coreference,extraction,language,lexicon,names,relations,spans,time,typing}';

let version: string | undefined;

/** The same for the same files, on any machine. Read once. */
export function extractorVersion(): string {
  version ??= read();
  return version;
}

function read(): string {
  const folder = new URL('../', import.meta.url);
  const files = globSync(`${ROOMS}/**/*`, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .toSorted();
  const parts = [...files, new URL('../package.json', folder)].map((file) => sha256(readFileSync(file)));
  return sha256(parts.join('\n'));
}
