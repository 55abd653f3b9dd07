// Groups 14 and 30 of the threat list: whatever is put together for whomever, what is listed can be called and nothing
// else, with one answer for everything else. Who sees what is decided a second time here, by other means.
import { expect, it, onTestFinished } from 'vitest';
import type { GatewayConfig } from '#gateway';
import { startSmallServer } from '../../../fixtures/mcp/small-server.ts';
import { ask, openTools } from '../open-tools.ts';

const SERVERS = ['web', 'files', 'mail'];
const TOOLS = ['find', 'read', 'write', 'wipe', '_odd'];
const TEAMS = ['research', 'sales', 'board'];
const ALL = SERVERS.flatMap((server) => TOOLS.map((tool) => `${server}__${tool}`));
const PATTERNS = ['*', '*__read', 'web__*', 'files__w*', 'mail__find', '*__*i*', 'nothing__*', 'web___odd'];
const DESKS = 12;

/** The same for every run: a small generator of its own. */
function chooser(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** As the documentation has it, by regular expressions. */
const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`))
      .join('.*')}$`,
  ).test(name);

it('what is listed is called, all else is unknown, for every key at every endpoint', async () => {
  const choose = chooser(7);
  const some = (from: readonly string[], most: number): string[] =>
    Array.from({ length: choose(most + 1) }, () => from[choose(from.length)] ?? '');
  const upstreams = await Promise.all(
    SERVERS.map((_, index) =>
      startSmallServer(
        index === 0 ? 'legacy' : 'modern',
        TOOLS.map((name) => ({ name })),
      ),
    ),
  );
  onTestFinished(async () => {
    for (const upstream of upstreams) await upstream.close();
  });
  const desks = Array.from({ length: DESKS }, (_, index) => ({
    name: `desk-${index}`,
    tools: some(PATTERNS, 3),
    hidden: some(PATTERNS.slice(1), 2),
    teams: choose(2) === 0 ? undefined : [TEAMS[choose(TEAMS.length)] ?? ''],
  }));
  const virtual = Object.fromEntries(
    desks.map(({ name, tools, hidden, teams }) => [
      name,
      { tools: tools.map((tool) => ({ tool })), hidden, ...(teams === undefined ? {} : { teams }) },
    ]),
  ) as NonNullable<NonNullable<GatewayConfig['tools']>['virtual']>;
  const { url, system } = await openTools({
    tools: { servers: Object.fromEntries(SERVERS.map((name, index) => [name, { url: upstreams[index]?.url ?? '' }])), virtual },
  });
  const { keys } = system.gateway;
  for (const name of TEAMS) keys.setHolder('team', { name, models: undefined, limits: {} }, 'test');
  const secrets = TEAMS.map(
    (team) =>
      keys.create(
        {
          name: team,
          team,
          scopes: ['invoke'],
          models: undefined,
          limits: {},
          allowUnpriced: false,
          expiresAt: undefined,
          user: undefined,
          limitNanoUsd: undefined,
        },
        'test',
      ).secret,
  );
  const reached = (): number => upstreams.reduce((sum, upstream) => sum + upstream.calls(), 0);

  let allowed = 0;
  for (const { name, tools, hidden, teams } of desks) {
    for (const [index, team] of TEAMS.entries()) {
      const headers = { authorization: `Bearer ${secrets[index]}` };
      const may = teams === undefined || teams.includes(team);
      const expected = new Set(
        may
          ? ALL.filter(
              (tool) => tools.some((pattern) => matches(pattern, tool)) && !hidden.some((pattern) => matches(pattern, tool)),
            )
          : [],
      );
      const list = await ask(`${url}/mcp/${name}`, 'tools/list', {}, headers);
      expect(may || list.status === 404, `${name} is not there for ${team}`).toBe(true);
      const listed = ((list.result?.['tools'] ?? []) as readonly { readonly name: string }[]).map((tool) => tool.name);
      expect(new Set(listed)).toEqual(expected);
      const refusals = new Set<string>();
      for (const tool of ALL) {
        const before = reached();
        const { result, error } = await ask(`${url}/mcp/${name}`, 'tools/call', { name: tool, arguments: {} }, headers);
        expect(result !== undefined, `${team} at ${name} calls ${tool}`).toBe(expected.has(tool));
        expect(reached() - before).toBe(expected.has(tool) ? 1 : 0);
        if (expected.has(tool)) allowed++;
        else refusals.add(String(error?.message.replace(tool, '<tool>')));
      }
      expect(refusals.size, `${team} at ${name} is refused in one way`).toBeLessThanOrEqual(1);
    }
  }
  expect(allowed).toBeGreaterThan(50);
});
