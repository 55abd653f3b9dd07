// The compatibility scanner, as a process of its own against a real server: nothing but full marks will do.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANTHROPIC, GEMINI, OPENAI, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const SCANNER = fileURLToPath(new URL('../../../node_modules/compatcanary/src/cli.js', import.meta.url));

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe('compatcanary’s modern profile', () => {
  it.each([OPENAI, ANTHROPIC, GEMINI])('gives full marks with %s', async (model) => {
    const args = ['scan', '--base-url', `${shoal.url}/v1`, '--model', model, '--profile', 'modern', '--format', 'json'];
    const { stdout } = await promisify(execFile)(process.execPath, [SCANNER, ...args, '--api-key', 'unused']);
    const report = JSON.parse(stdout) as { readonly score: number; readonly results: readonly { readonly status: string }[] };
    expect(report.results.map((result) => result.status)).toEqual(report.results.map(() => 'pass'));
    expect(report.score).toBe(100);
  });
});
