// docs/gateway.md against the truth: its programs are run as they stand there, and its tables hold what the code has.
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../../app/cli/launch-tools.ts';
import { startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const PAGE = readFileSync('docs/gateway.md', 'utf8');
const PROGRAMS = [...PAGE.matchAll(/```js\n([\s\S]*?)```/g)].map(([, program = '']) => program);

let shoal: Shoal;
let key: string;
beforeAll(async () => {
  shoal = await startShoal();
  key = shoal.system.gateway.keys.create(
    {
      name: 'page',
      scopes: ['invoke'],
      models: undefined,
      limits: {},
      allowUnpriced: false,
      expiresAt: undefined,
      team: undefined,
      user: undefined,
      limitNanoUsd: undefined,
    },
    'test',
  ).secret;
});
afterAll(() => shoal.close());

const here = (text: string): string => text.replaceAll('http://127.0.0.1:4800', shoal.url).replaceAll('sk-shoal-…', key);

describe('the page on the gateway', () => {
  it.each(PROGRAMS.map((program) => [/from '([^']+)'/.exec(program)?.[1] ?? '', program] as const))(
    'shows a program with %s that runs',
    async (_client, program) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', here(program)]);
      expect(stdout).toContain('You said: Hello');
    },
  );

  it('shows four programs', () => {
    expect(PROGRAMS).toHaveLength(4);
  });

  it('shows a call of Gemini’s API that is answered', async () => {
    const [, url = '', body = ''] = /curl -s (\S+)[\s\S]*?-d '([^']+)'/.exec(here(PAGE)) ?? [];
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-goog-api-key': key },
      body,
    });
    expect(await response.text()).toContain('You said: Hello');
  });

  it('names every header of ours that the doors read or send, and no other', () => {
    const code = globSync('gateway/doors/*.ts').map((file) => readFileSync(file, 'utf8'));
    const inCode = new Set(code.flatMap((text) => [...text.matchAll(/'(x-shoal-[a-z-]+)'/g)].map(([, name]) => name)));
    const onPage = new Set([...PAGE.matchAll(/`(x-shoal-[a-z-]+)`/g)].map(([, name]) => name));
    expect(onPage).toEqual(inCode);
  });

  it('names every tool that can be launched, with the variables that it is given', () => {
    const rows = [...PAGE.matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)].filter(([, name = '']) => name in TOOLS);
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(TOOLS));
    for (const [, name = '', words = ''] of rows) {
      const given = TOOLS[name]?.environment({ url: '', key: '', model: undefined, models: [] }) ?? {};
      const set = Object.entries(given).flatMap(([variable, value]) => (value === undefined ? [] : [variable]));
      expect(set.filter((variable) => !words.includes(variable))).toEqual([]);
    }
  });

  it('names every door', async () => {
    const paths = [...PAGE.matchAll(/`(\/v1[^`\s]*)`/g)].map(([, path = '']) => path.replace('<model>', 'openai/gpt-4o-mini'));
    expect(paths.length).toBeGreaterThanOrEqual(7);
    for (const path of paths) {
      const response = await fetch(`${shoal.url}${path}`, {
        method: path === '/v1/models' ? 'GET' : 'POST',
        body: path === '/v1/models' ? null : '{',
      });
      expect([path, response.status]).toEqual([path, path === '/v1/models' ? 200 : 400]);
    }
  });
});
