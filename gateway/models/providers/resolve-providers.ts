// Definitions, configuration and environment put together: everything that the transport needs to call a provider.
// Keys are read here, once, and live on only in closures: no object that comes out of here holds one.
import { ShoalError } from '#foundation';
import type { ModelInfo } from '../../contract.ts';
import type { DialectId } from '../dialects/dialect.ts';
import type { ProviderDefinition } from './definition.ts';
import { COMPATIBLE } from './definitions/compatible.ts';
import { DEFINITIONS } from './definitions/index.ts';
import { describeModels } from './describe-models.ts';
import { locate } from './locate.ts';
import { createSigner } from './request-headers.ts';
import type { ProviderKey, RequestToSign } from './request-headers.ts';
import { mergeQuirks } from './quirks.ts';
import type { Quirks } from './quirks.ts';
import type { ProvidersSettings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Operation = 'generate' | 'embed' | 'models';

export interface ResolvedProvider {
  readonly id: string;
  readonly name: string;
  readonly available: boolean;
  /** The environment variable that would make it available; empty where only the configuration could. */
  readonly missing: string | undefined;
  /** The APIs it speaks, the preferred first. */
  readonly dialects: readonly DialectId[];
  readonly embeds: boolean;
  /** An embeddings request may hold tokens in place of texts. */
  readonly takesTokens: boolean;
  /** Names of its keys, never the keys; empty where none is needed. */
  readonly keys: readonly ProviderKey[];
  /** Throws `invalid_input` for what this provider does not do. `model` may be anything for `models`. */
  url(operation: Operation, dialect: DialectId | undefined, model: string, stream: boolean): string;
  /** Everything but content type and length. `key` is one of `keys`; undefined where there are none. */
  headers(request: RequestToSign, key: ProviderKey | undefined): Readonly<Record<string, string>>;
  /** What its Chat Completions are peculiar about; see fitChatBody. */
  quirks(model: string): Quirks;
  /** Limits and price of any model, listed or not. */
  describe(model: string): ModelInfo;
  models(): readonly ModelInfo[];
}

/** Throws `invalid_config` for a provider that is said to be like one that nobody knows, or has no URL. */
export function resolveProviders(
  settings: ProvidersSettings,
  environment: Environment,
  now: () => Date = () => new Date(),
): readonly ResolvedProvider[] {
  const known = new Map(DEFINITIONS.map((definition) => [definition.id, definition]));
  const ids = new Set([...known.keys(), ...Object.keys(settings.providers)]);
  return [...ids].map((id) => resolve(id, definitionOf(id, settings, known), settings, environment, now));
}

function definitionOf(
  id: string,
  settings: ProvidersSettings,
  known: ReadonlyMap<string, ProviderDefinition>,
): ProviderDefinition {
  const like = settings.providers[id]?.like ?? id;
  const definition = known.get(like) ?? (like === id ? COMPATIBLE : undefined);
  if (definition === undefined) {
    throw new ShoalError('invalid_config', `providers.${id}.like names no provider: ${like}.`, {
      hint: `Known by name: ${[...known.keys()].join(', ')}.`,
    });
  }
  return definition;
}

function resolve(
  id: string,
  definition: ProviderDefinition,
  settings: ProvidersSettings,
  environment: Environment,
  now: () => Date,
): ResolvedProvider {
  const own = settings.providers[id];
  if (own !== undefined && own.baseUrl === undefined && definition === COMPATIBLE) {
    throw new ShoalError('invalid_config', `providers.${id} needs a \`baseUrl\`.`, {
      hint: `Give the server's URL, or say which provider it is \`like\`.`,
    });
  }
  const place = locate(definition, own, environment);
  const signer = createSigner(definition, own, environment, { ...place, now });
  const missing = place.missing ?? signer.missing;
  const available = missing === undefined;
  const { describe, models } = describeModels({ id, definition, settings, available, missing, now });
  const quirksOf = (model: string): Quirks =>
    mergeQuirks(
      definition.quirks,
      ...(definition.modelQuirks ?? []).filter((row) => row.models.test(model)).map((row) => row.quirks),
    );
  return {
    id,
    name: own === undefined || definition.id === id ? definition.name : id,
    available,
    missing,
    dialects: place.dialects,
    embeds: definition.embeddings !== undefined,
    takesTokens: definition.embeddings?.takesTokens === true,
    keys: signer.keys,
    url: place.url,
    headers: signer.headers,
    quirks: remembered(quirksOf),
    describe,
    models,
  };
}

/** Names come from callers, so what is remembered of them has to be bounded. */
function remembered<T>(of: (model: string) => T): (model: string) => T {
  const known = new Map<string, T>();
  return (model) => {
    const value = known.get(model) ?? of(model);
    if (known.size < 1000) known.set(model, value);
    return value;
  };
}
