// Who may call: scopes, principals, virtual keys, teams and users.

/** From most to least: each scope includes those after it, `invoke` apart: it only lets models and tools be called. */
export const SCOPES = ['admin', 'operate', 'read', 'invoke'] as const;
export type Scope = (typeof SCOPES)[number];

export interface CallLimits {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly concurrency?: number | undefined;
}

/** On whose behalf a call is made. */
export interface Principal {
  readonly kind: 'local' | 'key';
  /** Public id of the key; never the key. */
  readonly keyId: string | undefined;
  readonly name: string;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** Patterns of model names (`openai/*`, a group's name) that may be called; undefined = all. */
  readonly models: readonly string[] | undefined;
  /** Lists of its team and its user: each must allow the model too. Ask `permits`, which reads them all. */
  readonly narrowedBy?: readonly (readonly string[])[];
  /** Leaf of the budget tree that its calls are charged to. */
  readonly budget: string;
  readonly limits: CallLimits;
  /** May call models whose price nobody knows; they count as costing nothing. */
  readonly allowUnpriced: boolean;
}

/** What a key may do, as it was made or last changed. */
export interface KeyGrant {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly models: readonly string[] | undefined;
  readonly limits: CallLimits;
  readonly allowUnpriced: boolean;
  readonly expiresAt: string | undefined;
}
export interface KeyRecord extends KeyGrant {
  readonly id: string;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly budget: string;
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | undefined;
  /** Until when the secret before the last rotation is still taken. */
  readonly oldSecretUntil: string | undefined;
}
export interface NewKey extends KeyGrant {
  readonly team: string | undefined;
  readonly user: string | undefined;
  /** Hard limit of its budget; undefined = only what stands above it limits it. */
  readonly limitNanoUsd: number | undefined;
}
export type KeyChange = { readonly [Name in keyof KeyGrant]?: KeyGrant[Name] } & { readonly disabled?: boolean };

/** A team or a user: its list and limits narrow those of every key that names it. */
export type HolderKind = 'team' | 'user';
export interface Holder {
  readonly name: string;
  readonly models: readonly string[] | undefined;
  readonly limits: CallLimits;
}

export interface RefusedKey {
  readonly kind: 'refused';
  readonly reason: 'unknown' | 'expired' | 'disabled';
}

/** Virtual keys. Only SHA-256 hashes are kept; a secret is in the answer that made it and nowhere else. */
export interface Keys {
  /** In memory, synchronous. A change by another process is seen within a second. */
  authenticate(token: string): Principal | RefusedKey;
  /** The same for a token's digest, which a session keeps instead of the token. */
  recognise(digest: string): Principal | RefusedKey;
  create(key: NewKey, actor: string): { readonly key: KeyRecord; readonly secret: string };
  /** A new secret; the present one is taken for `graceMs` more. */
  rotate(id: string, graceMs: number, actor: string): { readonly key: KeyRecord; readonly secret: string };
  change(id: string, change: KeyChange, actor: string): KeyRecord;
  remove(id: string, actor: string): void;
  view(id: string): KeyRecord;
  list(): readonly KeyRecord[];
  /** Whether a key that is valid now has the scope `admin`. */
  hasAdmin(): boolean;
  holders(kind: HolderKind): readonly Holder[];
  /** Makes or replaces it; a limit is that of the team's node of the budget tree (users have one under each team). */
  setHolder(kind: HolderKind, holder: Holder & { readonly limitNanoUsd?: number | undefined }, actor: string): Holder;
  /** Throws `conflict` while a key names it. */
  removeHolder(kind: HolderKind, name: string, actor: string): void;
}
