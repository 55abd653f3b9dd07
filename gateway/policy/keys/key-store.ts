// Rows of the key tables, read and written. Every write raises the version, by which other processes see that they
// must read again; what a key was last used is no change.
import { z } from 'zod';
import type { Database } from '#store';
import { SCOPES } from '../../contract.ts';
import type { CallLimits, Holder, HolderKind, KeyRecord } from '../../contract.ts';
import type { Transactions } from '../../transactions.ts';

export interface SecretRow {
  readonly digest: string;
  readonly key: string;
  /** Undefined = as long as the key. */
  readonly untilMs: number | undefined;
}

export interface KeyStore {
  version(): number;
  keys(): readonly KeyRecord[];
  key(id: string): KeyRecord | undefined;
  secrets(): readonly SecretRow[];
  holders(kind: HolderKind): readonly Holder[];
  /** Inside a transaction, all of these. */
  putKey(key: KeyRecord): void;
  removeKey(id: string): void;
  addSecret(secret: SecretRow): void;
  /** Ends each secret of the key at `untilMs`, unless it ends before; forgets those that ended before `atMs`. */
  endSecrets(key: string, times: { readonly atMs: number; readonly untilMs: number }): void;
  putHolder(kind: HolderKind, holder: Holder): void;
  removeHolder(kind: HolderKind, name: string): void;
  /** In a transaction of its own. */
  markUsed(uses: readonly (readonly [id: string, usedMs: number])[]): void;
}

const json = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(schema);
const optional = z
  .number()
  .nullable()
  .transform((value) => value ?? undefined);
const text = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined);
const Models = json(z.array(z.string()))
  .nullable()
  .transform((value) => value ?? undefined);
const Limits = { requests_per_minute: optional, tokens_per_minute: optional, concurrency: optional };
const HolderRow = z.object({ name: z.string(), models: Models, ...Limits });
const KeyRow = z.object({
  id: z.string(),
  name: z.string(),
  scopes: json(z.array(z.enum(SCOPES))),
  team: text,
  user: text,
  models: Models,
  budget: z.string(),
  ...Limits,
  allow_unpriced: z.number(),
  disabled: z.number(),
  created_ms: z.number(),
  expires_ms: optional,
  used_ms: optional,
  old_until_ms: optional,
});
const SecretRowShape = z.object({ digest: z.string(), key: z.string(), until_ms: optional });

const limitsOf = (row: { [Name in keyof typeof Limits]: number | undefined }): CallLimits => ({
  requestsPerMinute: row.requests_per_minute,
  tokensPerMinute: row.tokens_per_minute,
  concurrency: row.concurrency,
});
const columnsOf = (limits: CallLimits): (number | null)[] => [
  limits.requestsPerMinute ?? null,
  limits.tokensPerMinute ?? null,
  limits.concurrency ?? null,
];
const iso = (ms: number): string => new Date(ms).toISOString();
const maybeIso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : iso(ms));
const maybeJson = (value: readonly string[] | undefined): string | null => (value === undefined ? null : JSON.stringify(value));

function keyOf(stored: unknown): KeyRecord {
  const { id, name, scopes, team, user, models, budget, ...row } = KeyRow.parse(stored);
  return {
    id,
    name,
    scopes,
    team,
    user,
    models,
    budget,
    limits: limitsOf(row),
    allowUnpriced: row.allow_unpriced === 1,
    disabled: row.disabled === 1,
    createdAt: iso(row.created_ms),
    expiresAt: maybeIso(row.expires_ms),
    lastUsedAt: maybeIso(row.used_ms),
    oldSecretUntil: maybeIso(row.old_until_ms),
  };
}

export function createKeyStore(database: Database, transactions: Transactions): KeyStore {
  const readVersion = database.prepare('SELECT version FROM key_version');
  const select = 'SELECT keys.*, (SELECT MAX(until_ms) FROM key_secrets WHERE key = keys.id) AS old_until_ms FROM keys';
  const readKeys = database.prepare(`${select} ORDER BY created_ms, id`);
  const readKey = database.prepare(`${select} WHERE id = ?`);
  const readSecrets = database.prepare('SELECT digest, key, until_ms FROM key_secrets');
  const readHolders = database.prepare('SELECT * FROM key_holders WHERE kind = ? ORDER BY name');
  const putKey = database.prepare(
    `INSERT INTO keys (id, name, scopes, team, user, models, budget, requests_per_minute, tokens_per_minute, concurrency,
       allow_unpriced, disabled, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, scopes = excluded.scopes, models = excluded.models,
       requests_per_minute = excluded.requests_per_minute, tokens_per_minute = excluded.tokens_per_minute,
       concurrency = excluded.concurrency, allow_unpriced = excluded.allow_unpriced, disabled = excluded.disabled,
       expires_ms = excluded.expires_ms`,
  );
  const putHolder = database.prepare(
    `INSERT INTO key_holders (kind, name, models, requests_per_minute, tokens_per_minute, concurrency)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, name) DO UPDATE SET models = excluded.models,
       requests_per_minute = excluded.requests_per_minute, tokens_per_minute = excluded.tokens_per_minute,
       concurrency = excluded.concurrency`,
  );
  const endSecrets = database.prepare('UPDATE key_secrets SET until_ms = MIN(COALESCE(until_ms, ?), ?) WHERE key = ?');
  const forgetSecrets = database.prepare('DELETE FROM key_secrets WHERE key = ? AND until_ms <= ?');
  const addSecret = database.prepare('INSERT INTO key_secrets (digest, key, until_ms) VALUES (?, ?, ?)');
  const removeKey = database.prepare('DELETE FROM keys WHERE id = ?');
  const removeHolder = database.prepare('DELETE FROM key_holders WHERE kind = ? AND name = ?');
  const raise = database.prepare('UPDATE key_version SET version = version + 1');
  const markUsed = database.prepare('UPDATE keys SET used_ms = ? WHERE id = ? AND COALESCE(used_ms, 0) < ?');

  return {
    version: () => Number(readVersion.get()?.['version']),
    keys: () => readKeys.all().map(keyOf),
    key: (id) => {
      const row = readKey.get(id);
      return row === undefined ? undefined : keyOf(row);
    },
    secrets: () =>
      z
        .array(SecretRowShape)
        .parse(readSecrets.all())
        .map((row) => ({ digest: row.digest, key: row.key, untilMs: row.until_ms })),
    holders: (kind) =>
      z
        .array(HolderRow)
        .parse(readHolders.all(kind))
        .map(({ name, models, ...row }) => ({ name, models, limits: limitsOf(row) })),
    putKey: (key) => {
      const { id, name, scopes, team, user, models, budget, limits, allowUnpriced, disabled, createdAt, expiresAt } = key;
      putKey.run(
        id,
        name,
        JSON.stringify(scopes),
        team ?? null,
        user ?? null,
        maybeJson(models),
        budget,
        ...columnsOf(limits),
        Number(allowUnpriced),
        Number(disabled),
        Date.parse(createdAt),
        expiresAt === undefined ? null : Date.parse(expiresAt),
      );
      raise.run();
    },
    removeKey: (id) => {
      removeKey.run(id);
      raise.run();
    },
    addSecret: ({ digest, key, untilMs }) => {
      addSecret.run(digest, key, untilMs ?? null);
      raise.run();
    },
    endSecrets: (key, { atMs, untilMs }) => {
      forgetSecrets.run(key, atMs);
      endSecrets.run(untilMs, untilMs, key);
      raise.run();
    },
    putHolder: (kind, { name, models, limits }) => {
      putHolder.run(kind, name, maybeJson(models), ...columnsOf(limits));
      raise.run();
    },
    removeHolder: (kind, name) => {
      removeHolder.run(kind, name);
      raise.run();
    },
    markUsed: (uses) =>
      transactions.run(() => {
        for (const [id, usedMs] of uses) markUsed.run(usedMs, id, usedMs);
      }),
  };
}
