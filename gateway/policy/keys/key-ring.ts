// The keys as they are asked for at every call: one map from a token's digest to a principal made beforehand. A call
// costs a hash and a lookup; nothing is read or written. Which keys were used is noted here and written behind.
import type { CallLimits, Holder, KeyRecord, Principal, RefusedKey } from '../../contract.ts';
import type { KeyStore } from './key-store.ts';
import { digestOf } from './token.ts';

export interface KeyRing {
  authenticate(token: string): Principal | RefusedKey;
  recognise(digest: string): Principal | RefusedKey;
  hasAdmin(): boolean;
  /** Reads everything anew. */
  load(): void;
  /** Reads anew where another process has changed something. */
  catchUp(): void;
  /** Writes when keys were last used. */
  writeUses(): void;
  lastUsedMs(id: string): number | undefined;
}

interface Use {
  atMs: number;
  writtenMs: number;
}

interface Entry {
  readonly principal: Principal;
  readonly endsMs: number;
  readonly disabled: boolean;
  readonly use: Use;
}

const UNKNOWN: RefusedKey = { kind: 'refused', reason: 'unknown' };
const EXPIRED: RefusedKey = { kind: 'refused', reason: 'expired' };
const DISABLED: RefusedKey = { kind: 'refused', reason: 'disabled' };

export function createKeyRing(store: KeyStore, now: () => number): KeyRing {
  let entries = new Map<string, Entry>();
  let version = 0;
  const uses = new Map<string, Use>();

  const load = (): void => {
    version = store.version();
    const teams = byName(store.holders('team'));
    const users = byName(store.holders('user'));
    const keys = new Map(store.keys().map((key) => [key.id, { key, principal: principalOf(key, teams, users) }]));
    for (const id of uses.keys()) if (!keys.has(id)) uses.delete(id);
    const fresh = new Map<string, Entry>();
    for (const { digest, key: id, untilMs = Infinity } of store.secrets()) {
      const known = keys.get(id);
      if (known === undefined) continue;
      const { key, principal } = known;
      const use = uses.get(id) ?? { atMs: 0, writtenMs: 0 };
      uses.set(id, use);
      const keyEndsMs = key.expiresAt === undefined ? Infinity : Date.parse(key.expiresAt);
      fresh.set(digest, { principal, endsMs: Math.min(untilMs, keyEndsMs), disabled: key.disabled, use });
    }
    entries = fresh;
  };

  const check = (entry: Entry | undefined): Principal | RefusedKey => {
    if (entry === undefined) return UNKNOWN;
    const atMs = now();
    if (atMs >= entry.endsMs) return EXPIRED;
    if (entry.disabled) return DISABLED;
    entry.use.atMs = atMs;
    return entry.principal;
  };

  load();
  return {
    authenticate: (token) => check(entries.get(digestOf(token))),
    recognise: (digest) => check(entries.get(digest)),
    hasAdmin: () => {
      const atMs = now();
      for (const { principal, endsMs, disabled } of entries.values())
        if (principal.scopes.has('admin') && !disabled && atMs < endsMs) return true;
      return false;
    },
    load,
    catchUp: () => {
      if (store.version() !== version) load();
    },
    writeUses: () => {
      const fresh = [...uses].filter(([, use]) => use.atMs !== use.writtenMs);
      if (fresh.length === 0) return;
      store.markUsed(fresh.map(([id, use]) => [id, use.atMs]));
      for (const [, use] of fresh) use.writtenMs = use.atMs;
    },
    lastUsedMs: (id) => uses.get(id)?.atMs || undefined,
  };
}

const byName = (holders: readonly Holder[]): ReadonlyMap<string, Holder> =>
  new Map(holders.map((holder) => [holder.name, holder]));

function principalOf(key: KeyRecord, teams: ReadonlyMap<string, Holder>, users: ReadonlyMap<string, Holder>): Principal {
  const holders = [teams.get(key.team ?? ''), users.get(key.user ?? '')].filter((holder) => holder !== undefined);
  const narrowedBy = holders.map((holder) => holder.models).filter((models) => models !== undefined);
  const { id, name, team, user, models, budget, allowUnpriced } = key;
  return {
    kind: 'key',
    keyId: id,
    name,
    team,
    user,
    scopes: new Set(key.scopes),
    models,
    ...(narrowedBy.length === 0 ? {} : { narrowedBy }),
    budget,
    limits: [key, ...holders].map((one) => one.limits).reduce(lower),
    allowUnpriced,
  };
}

function lower(left: CallLimits, right: CallLimits): CallLimits {
  return {
    requestsPerMinute: least(left.requestsPerMinute, right.requestsPerMinute),
    tokensPerMinute: least(left.tokensPerMinute, right.tokensPerMinute),
    concurrency: least(left.concurrency, right.concurrency),
  };
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : Math.min(one, other ?? one);
}
