// Proves to a provider who is asking. For all but signed requests the headers of a key are made once and shared.
import { ShoalError } from '#foundation';
import type { DialectId } from '../dialects/dialect.ts';
import type { Auth, Credential, ProviderDefinition, SpokenDialect } from './definition.ts';
import { BEARER } from './definition.ts';
import { firstSet } from './locate.ts';
import type { Environment } from './resolve-providers.ts';
import type { ProviderSettings } from './settings.ts';
import { signAws } from './sigv4.ts';

/** One of a provider's keys, by the name of its variable. The key itself is nowhere in it. */
export interface ProviderKey {
  readonly name: string;
  /** How often it is taken, against the others. */
  readonly weight: number;
}

export interface RequestToSign {
  readonly method: string;
  readonly url: string;
  readonly body: Uint8Array;
  readonly dialect?: DialectId | 'openai-embeddings' | undefined;
}

export interface Signer {
  readonly keys: readonly ProviderKey[];
  readonly missing: string | undefined;
  readonly headers: (request: RequestToSign, key: ProviderKey | undefined) => Readonly<Record<string, string>>;
}

interface SignerPlace {
  readonly spoken: ReadonlyMap<DialectId, SpokenDialect>;
  readonly region: string | undefined;
  readonly now: () => Date;
}

/** Signs headers for one key. */
type HeadersOf = (request: RequestToSign) => Readonly<Record<string, string>>;

export function createSigner(
  definition: ProviderDefinition,
  own: ProviderSettings | undefined,
  environment: Environment,
  place: SignerPlace,
): Signer {
  const wanted = wantedKeys(definition, own);
  const held = wanted.filter(({ credential }) => isSet(credential, environment));
  // Configured keys are all used; of a definition's, which are alternatives, the first.
  const chosen = isConfigured(own) ? held : held.slice(0, 1);
  const fixed = { ...definition.headers, ...lowerCased(own?.headers ?? {}) };
  const byKey = new Map<ProviderKey, HeadersOf>(
    chosen.map(({ credential, weight }) => [
      { name: credential.env, weight },
      headersOf(credential, definition, environment, fixed, place),
    ]),
  );
  const keyless = byDialect(definition, fixed, place, () => ({}));
  const elsewhere = own === undefined && firstSet(definition.baseUrlEnv, environment) !== undefined;
  const needsNone = wanted.length === 0 || (elsewhere && definition.isSpokenByOthers === true);
  return {
    keys: [...byKey.keys()],
    missing: byKey.size > 0 || needsNone ? undefined : missingOf(wanted, environment),
    headers: (request, key) => {
      if (key === undefined) return keyless(request);
      const of = byKey.get(key);
      if (of === undefined) throw new ShoalError('internal', `${key.name} is no key of ${definition.name}.`);
      return of(request);
    },
  };
}

interface WantedKey {
  readonly credential: Credential;
  readonly weight: number;
}

const isConfigured = (own: ProviderSettings | undefined): boolean => own?.keys !== undefined || own?.apiKeyEnv !== undefined;

function wantedKeys(definition: ProviderDefinition, own: ProviderSettings | undefined): readonly WantedKey[] {
  const named = own?.keys ?? (own?.apiKeyEnv === undefined ? undefined : [{ env: own.apiKeyEnv, weight: 1 }]);
  if (named === undefined && definition.isSpokenByOthers === true && own?.baseUrl !== undefined) return [];
  if (named === undefined) return definition.credentials.map((credential) => ({ credential, weight: 1 }));
  const auth = definition.credentials[0]?.auth ?? BEARER;
  return named.map(({ env, weight }) => ({
    credential: definition.credentials.find((credential) => credential.env === env) ?? { env, auth },
    weight,
  }));
}

function isSet({ env, auth }: Credential, environment: Environment): boolean {
  return firstSet([env], environment) !== undefined && (auth.kind !== 'aws-sigv4' || isNamedSet(auth.secretEnv, environment));
}

const isNamedSet = (name: string, environment: Environment): boolean => firstSet([name], environment) !== undefined;

function missingOf(wanted: readonly WantedKey[], environment: Environment): string {
  const half = wanted.find(({ credential }) => isNamedSet(credential.env, environment));
  if (half?.credential.auth.kind === 'aws-sigv4') return half.credential.auth.secretEnv;
  return wanted[0]?.credential.env ?? '';
}

function headersOf(
  { env, auth }: Credential,
  definition: ProviderDefinition,
  environment: Environment,
  fixed: Readonly<Record<string, string>>,
  place: SignerPlace,
): HeadersOf {
  const secret = firstSet([env], environment) ?? '';
  if (auth.kind !== 'aws-sigv4') {
    return byDialect(definition, fixed, place, (dialectAuth) => proof(dialectAuth ?? auth, secret));
  }
  const credentials = {
    accessKeyId: secret,
    secretAccessKey: firstSet([auth.secretEnv], environment) ?? '',
    sessionToken: firstSet([auth.sessionEnv], environment),
  };
  const { service } = auth;
  return ({ method, url, body }) => ({
    ...fixed,
    ...signAws({ method, url, headers: {}, body }, credentials, { region: place.region ?? '', service, at: place.now() }),
  });
}

function proof(auth: Auth, secret: string): Readonly<Record<string, string>> {
  if (auth.kind === 'bearer') return { authorization: `Bearer ${secret}` };
  return auth.kind === 'header' ? { [auth.name]: secret } : {};
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** One frozen object per API of the provider, so that a call makes none. */
function byDialect(
  definition: ProviderDefinition,
  fixed: Readonly<Record<string, string>>,
  { spoken }: SignerPlace,
  prove: (auth: Auth | undefined) => Readonly<Record<string, string>>,
): HeadersOf {
  const usual = Object.freeze({ ...fixed, ...prove(undefined) });
  const special = new Map<string, Readonly<Record<string, string>>>(
    [...spoken.values()].map(({ dialect, auth, headers }) => [dialect, Object.freeze({ ...headers, ...fixed, ...prove(auth) })]),
  );
  special.set('openai-embeddings', Object.freeze({ ...fixed, ...prove(definition.embeddings?.auth) }));
  return ({ dialect }) => (dialect === undefined ? usual : (special.get(dialect) ?? usual));
}
