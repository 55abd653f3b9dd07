// Virtual keys as administrators see them: made, changed, rotated, removed, each act with its budgets and its entry in
// the audit chain within one transaction. The secret leaves with the answer that made it; only its digest stays.
import { ShoalError } from '#foundation';
import { ROOT_BUDGET } from '../../contract.ts';
import type { Audit, AuditAct, BudgetNode, HolderKind, KeyRecord, Keys, NewKey } from '../../contract.ts';
import { createKeyRing } from './key-ring.ts';
import type { KeyStore } from './key-store.ts';
import { digestOf, newKeyId, newToken } from './token.ts';

/** The budgets of keys and teams; what is done to them is part of the transaction under way. */
export interface KeyBudgets {
  /** Opens a node of the budget tree unless it is open; without a limit it keeps the one that it has. */
  open(node: Omit<BudgetNode, 'limitNanoUsd'>, limitNanoUsd: number | undefined): void;
  close(node: string): void;
}

export interface KeysOptions {
  readonly store: KeyStore;
  readonly audit: Audit;
  readonly budgets: KeyBudgets;
  readonly now: () => number;
}

export interface OwnedKeys extends Keys {
  close(): void;
}

/** A change by another process is seen at this pace. */
const LOOK_MS = 1000;
const WRITE_USES_MS = 60_000;

export function createKeys({ store, audit, budgets, now }: KeysOptions): OwnedKeys {
  const ring = createKeyRing(store, now);
  const looking = regularly(LOOK_MS, () => ring.catchUp());
  const writing = regularly(WRITE_USES_MS, () => ring.writeUses());

  /** Uses of the last minute are not written yet. */
  const withUse = (key: KeyRecord): KeyRecord => {
    const usedMs = ring.lastUsedMs(key.id);
    return usedMs === undefined ? key : { ...key, lastUsedAt: new Date(usedMs).toISOString() };
  };
  const found = (id: string): KeyRecord => {
    const key = store.key(id);
    if (key !== undefined) return withUse(key);
    throw new ShoalError('not_found', `There is no key with the id ${id.slice(0, 100)}.`, {
      hint: 'List them: npx shoal keys list',
    });
  };
  const mustExist = (kind: HolderKind, name: string | undefined): void => {
    if (name === undefined || store.holders(kind).some((holder) => holder.name === name)) return;
    throw new ShoalError('not_found', `There is no ${kind} called ${name}.`, {
      hint: `Make it first: npx shoal keys ${kind}s set ${name}`,
    });
  };
  /** One transaction for the act and its entry; then this process sees what others will see within a second. */
  const act = (actor: string, subject: string, work: () => Pick<AuditAct, 'action' | 'before' | 'after'>): void => {
    audit.record(() => ({ result: undefined, act: { actor, subject, ...work() } }));
    ring.load();
  };
  const openPath = (key: Pick<NewKey, 'team' | 'user'>, id: string, limitNanoUsd: number | undefined): string => {
    let parent = ROOT_BUDGET;
    const parts = [
      ...(key.team === undefined ? [] : [`team:${key.team}`]),
      ...(key.user === undefined ? [] : [`user:${key.user}`]),
    ];
    for (const part of parts) {
      budgets.open({ id: `${parent}/${part}`, parent }, undefined);
      parent = `${parent}/${part}`;
    }
    budgets.open({ id: `${parent}/key:${id}`, parent }, limitNanoUsd);
    return `${parent}/key:${id}`;
  };

  return {
    authenticate: (token) => ring.authenticate(token),
    recognise: (digest) => ring.recognise(digest),
    hasAdmin: () => ring.hasAdmin(),
    view: found,
    list: () => store.keys().map(withUse),
    holders: (kind) => store.holders(kind),

    create: ({ limitNanoUsd, ...wish }, actor) => {
      mustExist('team', wish.team);
      mustExist('user', wish.user);
      const id = newKeyId();
      const secret = newToken(id);
      const fresh = {
        disabled: false,
        createdAt: new Date(now()).toISOString(),
        lastUsedAt: undefined,
        oldSecretUntil: undefined,
      };
      act(actor, id, () => {
        const key: KeyRecord = { ...wish, id, budget: openPath(wish, id, limitNanoUsd), ...fresh };
        store.putKey(key);
        store.addSecret({ digest: digestOf(secret), key: id, untilMs: undefined });
        return { action: 'key.created', after: { ...grantOf(key), limitNanoUsd } };
      });
      return { key: found(id), secret };
    },

    rotate: (id, graceMs, actor) => {
      const secret = newToken(found(id).id);
      act(actor, id, () => {
        const atMs = now();
        store.endSecrets(id, { atMs, untilMs: atMs + graceMs });
        store.addSecret({ digest: digestOf(secret), key: id, untilMs: undefined });
        return { action: 'key.rotated', after: { oldSecretUntil: new Date(atMs + graceMs).toISOString() } };
      });
      return { key: found(id), secret };
    },

    change: (id, change, actor) => {
      act(actor, id, () => {
        const before = found(id);
        const after = { ...before, ...change };
        store.putKey(after);
        return { action: `key.${changeName(before, after)}`, before: grantOf(before), after: grantOf(after) };
      });
      return found(id);
    },

    remove: (id, actor) =>
      act(actor, id, () => {
        const before = found(id);
        store.removeKey(id);
        budgets.close(before.budget);
        return { action: 'key.deleted', before: grantOf(before) };
      }),

    setHolder: (kind, { limitNanoUsd, ...holder }, actor) => {
      if (limitNanoUsd !== undefined && kind === 'user') throw userLimit(holder.name);
      act(actor, holder.name, () => {
        if (limitNanoUsd !== undefined) {
          budgets.open({ id: `${ROOT_BUDGET}/team:${holder.name}`, parent: ROOT_BUDGET }, limitNanoUsd);
        }
        const before = store.holders(kind).find((one) => one.name === holder.name);
        store.putHolder(kind, holder);
        return { action: `${kind}.${before === undefined ? 'created' : 'changed'}`, before, after: { ...holder, limitNanoUsd } };
      });
      return holder;
    },

    removeHolder: (kind, name, actor) =>
      act(actor, name, () => {
        mustExist(kind, name);
        const holding = store.keys().filter((key) => key[kind] === name);
        if (holding.length > 0) throw stillHolds(kind, name, holding);
        store.removeHolder(kind, name);
        return { action: `${kind}.deleted` };
      }),

    close: () => {
      clearInterval(looking);
      clearInterval(writing);
      ring.writeUses();
    },
  };
}

/** What an administrator decided about a key: the part of it that belongs into the audit chain. */
function grantOf({ lastUsedAt: _used, oldSecretUntil: _until, createdAt: _created, ...grant }: KeyRecord): object {
  return grant;
}

function changeName(before: KeyRecord, after: KeyRecord): string {
  if (before.disabled === after.disabled) return 'changed';
  return after.disabled ? 'disabled' : 'enabled';
}

/** A user of two teams has a node under each; one limit on a third node would hold back neither. */
function userLimit(name: string): ShoalError {
  return new ShoalError('invalid_input', `The budget of the user ${name} cannot be set here.`, {
    hint: `Set it under each team: ${ROOT_BUDGET}/team:<team>/user:${name}.`,
  });
}

function stillHolds(kind: HolderKind, name: string, keys: readonly KeyRecord[]): ShoalError {
  const ids = keys.slice(0, 5).map((key) => key.id);
  return new ShoalError('conflict', `The ${kind} ${name} still has ${keys.length} keys.`, {
    hint: `Delete them first: ${ids.join(', ')}.`,
  });
}

function regularly(ms: number, work: () => void): NodeJS.Timeout {
  return setInterval(() => {
    try {
      work();
    } catch {
      // The catalogue is busy or its disk full; what is in memory holds until the next look.
    }
  }, ms).unref();
}
