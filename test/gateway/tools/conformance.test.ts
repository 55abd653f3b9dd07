// The official conformance suite through the gateway, to a server that by itself has every scored scenario: both
// revisions, and each client's era at a server of the other.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEverything } from '../../fixtures/mcp/everything-server.ts';
import { openTools } from './open-tools.ts';

const SUITE = fileURLToPath(new URL('../../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url));
const MINUTE_MS = 60_000;

interface Score {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** The scored scenarios of a revision: how many passed, and which did not. */
async function score(url: string, revision: string): Promise<Score> {
  const child = spawn(process.execPath, [SUITE, 'server', '--url', url, '--requirements', revision], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  const [summary = '', unscored = ''] = (said.split('=== SUMMARY ===')[1] ?? '').split('Not scored');
  const notScored = new Set([...unscored.matchAll(/^\s+[✓✗] (\S+) \(/gm)].map(([, name]) => name));
  const scored = [...summary.matchAll(/^([✓✗]) (\S+): /gm)].filter(([, , name]) => !notScored.has(name));
  return {
    passed: scored.filter(([, mark]) => mark === '✓').length,
    failed: scored.filter(([, mark]) => mark === '✗').map(([, , name]) => name ?? ''),
  };
}

async function scoreThrough(eras: 'both' | 'legacy' | 'modern', revision: string): Promise<Score> {
  const upstream = await startEverything(eras);
  onTestFinished(() => upstream.close());
  const { url } = await openTools({ tools: { servers: { everything: { url: upstream.url } } } });
  return score(`${url}/mcp/everything`, revision);
}

describe('the conformance suite through the gateway', () => {
  it.each([
    ['both', '2025-11-25', 30],
    ['both', '2026-07-28', 37],
    ['modern', '2025-11-25', 30],
    ['modern', '2026-07-28', 37],
    ['legacy', '2025-11-25', 30],
  ] as const)(
    'to a server of %s eras, revision %s: all %i scored scenarios',
    async (eras, revision, all) => {
      expect(await scoreThrough(eras, revision)).toEqual({ passed: all, failed: [] });
    },
    3 * MINUTE_MS,
  );

  it(
    'to a legacy server, revision 2026-07-28: all but what a legacy server cannot know',
    async () => {
      expect(await scoreThrough('legacy', '2026-07-28')).toEqual({
        passed: 34,
        failed: [
          // The server is never told that a capability is missing in the words that the scenario wants: it is not asked.
          'server-stateless',
          // Questions of a legacy server have no keys of their own, and the scenario wants the fixture's.
          'input-required-result-basic-elicitation',
          // The fixture reads the capabilities of a modern request, which a legacy one does not have.
          'input-required-result-capability-check',
        ],
      });
    },
    3 * MINUTE_MS,
  );
});
