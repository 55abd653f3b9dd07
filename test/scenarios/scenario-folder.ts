// Makes scenario folders for tests: real files in a temporary folder, removed when the test ends.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const DOCUMENT = 'Mayor Ada Lindt supports the bridge. Councillor Ben Orr opposes it.';

export const VALID = `name: bridge
title: A bridge
description: Two banks and one question.
documents:
  - notes.txt
questions:
  - text: Will the bridge be built?
`;

/** A folder with these files (path → content); returns its path. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-scenario-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A valid scenario whose YAML has `lines` after the required part. */
export const bridgeWith = (lines: string): string => folderWith({ 'scenario.yaml': `${VALID}${lines}`, 'notes.txt': DOCUMENT });
