// `shoal keys …`: virtual keys, teams and users. The secret stands alone on its line, once.
import type { z } from 'zod';
import { HolderParams, KeyRequest, TeamRequest } from '#api/contract';
import { HOUR_MS } from '#foundation';
import type { Holder, HolderKind, KeyRecord } from '#gateway/contract';
import { holderOf, newKeyOf } from '../../key-requests.ts';
import { invalidInput } from '../../problem.ts';
import type { CommandContext } from '../command-context.ts';
import { timeToCome } from '../times.ts';
import { withSystem } from '../with-system.ts';

/** Who acts, as the audit chain names it: whoever may open the files is trusted with them. */
const ACTOR = 'command line';

interface Narrowing {
  readonly models?: string;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  readonly concurrency?: number;
}
interface CreateOptions extends Narrowing {
  readonly name: string;
  readonly scopes: string;
  readonly team?: string;
  readonly user?: string;
  readonly limit?: number;
  readonly expires?: string;
  readonly allowUnpriced?: boolean;
}

export async function createKey(context: CommandContext, options: CreateOptions): Promise<void> {
  const { name, team, user, limit, expires, allowUnpriced } = options;
  const wish = parse(KeyRequest, {
    name,
    scopes: listOf(options.scopes),
    team,
    user,
    ...narrowingOf(options),
    limitUsd: limit,
    expiresAt: expires === undefined ? undefined : new Date(timeToCome('--expires', expires, Date.now())).toISOString(),
    allowUnpriced,
  });
  const made = await withSystem(context, ({ gateway }) => gateway.keys.create(newKeyOf(wish), ACTOR));
  context.output.result(made, `${describe(made.key)}\n\nIts secret, shown this once and never again:\n${made.secret}`);
}

export async function rotateKey(context: CommandContext, options: { readonly grace: number }, id = ''): Promise<void> {
  const made = await withSystem(context, ({ gateway }) => gateway.keys.rotate(id, options.grace * HOUR_MS, ACTOR));
  context.output.result(
    made,
    `${describe(made.key)}\nThe old secret is taken until ${made.key.oldSecretUntil ?? 'now'}.\n\nThe new secret, shown this once and never again:\n${made.secret}`,
  );
}

export async function listKeys(context: CommandContext): Promise<void> {
  const keys = await withSystem(context, ({ gateway }) => gateway.keys.list());
  const none = 'No keys yet. Make one: npx shoal keys create --name admin --scopes admin';
  context.output.result(keys, keys.length === 0 ? none : keys.map((key) => describe(key)).join('\n'));
}

export async function showKey(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  const key = await withSystem(context, ({ gateway }) => gateway.keys.view(id));
  const lines = Object.entries(key).map(([name, value]) => `${name.padEnd(16)} ${JSON.stringify(value)}`);
  context.output.result(key, lines.filter((line) => !line.endsWith('undefined')).join('\n'));
}

const setDisabled =
  (disabled: boolean) =>
  async (context: CommandContext, _options: unknown, id = ''): Promise<void> => {
    const key = await withSystem(context, ({ gateway }) => gateway.keys.change(id, { disabled }, ACTOR));
    context.output.result(key, describe(key));
  };
export const disableKey = setDisabled(true);
export const enableKey = setDisabled(false);

export async function deleteKey(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  await withSystem(context, ({ gateway }) => gateway.keys.remove(id, ACTOR));
  context.output.result({ deleted: id }, `${id} is deleted.`);
}

type HolderAction<Options> = (context: CommandContext, options: Options, name?: string) => Promise<void>;

export function holderActions(kind: HolderKind): {
  readonly list: HolderAction<unknown>;
  readonly set: HolderAction<Narrowing & { readonly limit?: number }>;
  readonly remove: HolderAction<unknown>;
} {
  return {
    list: async (context) => {
      const holders = await withSystem(context, ({ gateway }) => gateway.keys.holders(kind));
      context.output.result(holders, holders.length === 0 ? `No ${kind}s yet.` : holders.map(describeHolder).join('\n'));
    },
    set: async (context, options, name = '') => {
      const wish = holderOf(
        parse(HolderParams, { name }).name,
        parse(TeamRequest, { ...narrowingOf(options), limitUsd: options.limit }),
      );
      const holder = await withSystem(context, ({ gateway }) => gateway.keys.setHolder(kind, wish, ACTOR));
      context.output.result(holder, describeHolder(holder));
    },
    remove: async (context, _options, name = '') => {
      await withSystem(context, ({ gateway }) => gateway.keys.removeHolder(kind, name, ACTOR));
      context.output.result({ deleted: name }, `${name} is deleted.`);
    },
  };
}

function narrowingOf({ models, requestsPerMinute, tokensPerMinute, concurrency }: Narrowing): object {
  return {
    models: models === undefined ? undefined : listOf(models),
    limits: { requestsPerMinute, tokensPerMinute, concurrency },
  };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error, 'See npx shoal keys --help.');
}

function describe({ id, name, scopes, team, user, models, disabled, expiresAt, lastUsedAt }: KeyRecord): string {
  const facts = [
    scopes.join(','),
    ...(team === undefined ? [] : [`team ${team}`]),
    ...(user === undefined ? [] : [`user ${user}`]),
    models === undefined ? 'all models' : models.join(','),
    ...(disabled ? ['disabled'] : []),
    ...(expiresAt === undefined ? [] : [`until ${expiresAt}`]),
    lastUsedAt === undefined ? 'never used' : `last used ${lastUsedAt}`,
  ];
  return `${id}  ${name.padEnd(20)}  ${facts.join('  ')}`;
}

function describeHolder({ name, models, limits }: Holder): string {
  const bounds = Object.entries(limits).filter(([, value]) => value !== undefined);
  return `${name.padEnd(20)}  ${models?.join(',') ?? 'all models'}  ${bounds.map(([bound, value]) => `${bound} ${value}`).join('  ')}`;
}
