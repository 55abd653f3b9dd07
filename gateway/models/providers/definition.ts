// The form of a provider: where it is, how one proves who one is, which APIs it speaks and what it is peculiar about.
// All of it is data; adding a provider is one small file in definitions/. Nothing here holds a key.
import type { DialectId } from '../dialects/dialect.ts';
import type { CatalogueModel } from '../prices/catalogue.ts';
import type { Quirks } from './quirks.ts';

export type Auth =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'header'; readonly name: string }
  /** The key is the access key's id; its secret and session token are in variables of their own. */
  | { readonly kind: 'aws-sigv4'; readonly service: string; readonly secretEnv: string; readonly sessionEnv: string };

/** A variable that may hold a key, and how a key from there is sent. */
export interface Credential {
  readonly env: string;
  readonly auth: Auth;
}

/** What a path may depend on. */
export interface PathFacts {
  /** Already encoded for a path. */
  readonly model: string;
  readonly stream: boolean;
  readonly apiVersion: string | undefined;
}

export type Path = string | ((facts: PathFacts) => string);

export interface SpokenDialect {
  readonly dialect: DialectId;
  readonly path: Path;
  /** Where this API of the provider wants the same key in another place. */
  readonly auth?: Auth;
  /** Headers that this API needs besides the provider's. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ProviderDefinition {
  readonly id: string;
  readonly name: string;
  /** `{region}` and `{resource}` stand for what `regionEnv` and `resourceEnv` say. Empty = has to be configured. */
  readonly baseUrl: string;
  /** Variables in which the vendor's own library looks for another base URL, the first that is set counts. */
  readonly baseUrlEnv: readonly string[];
  readonly regionEnv?: readonly string[];
  readonly resourceEnv?: readonly string[];
  readonly apiVersionEnv?: string;
  /** The variables of `baseUrlEnv` may hold a host only; this is its usual port. */
  readonly hostPort?: number;
  /** Others' servers speak its API too: elsewhere than at `baseUrl` a key is sent only if it is named, and may be absent. */
  readonly isSpokenByOthers?: boolean;
  /** In the order in which the vendor's own library looks; empty = needs no key. */
  readonly credentials: readonly Credential[];
  readonly headers: Readonly<Record<string, string>>;
  /** The APIs it speaks, the one that is its own first. */
  readonly dialects: readonly SpokenDialect[];
  readonly embeddings:
    | {
        readonly form: 'openai-embeddings';
        readonly path: Path;
        readonly auth?: Auth;
        /** Tokens may stand in place of texts: those of its own models. */
        readonly takesTokens?: true;
      }
    | undefined;
  /** Where it lists its models, by GET. */
  readonly modelsPath: Path | undefined;
  readonly quirks: Quirks;
  /** What only some of its models are peculiar about; later rows win. */
  readonly modelQuirks?: readonly { readonly models: RegExp; readonly quirks: Quirks }[];
  readonly models: readonly CatalogueModel[];
  /** Models that run on one's own machine and cost nothing. */
  readonly isFree?: (model: string) => boolean;
}

export const BEARER: Auth = { kind: 'bearer' };

export function bearerFrom(...env: readonly string[]): readonly Credential[] {
  return env.map((name) => ({ env: name, auth: BEARER }));
}

/** How most servers speak: OpenAI's paths under a base URL that ends in /v1. */
export const OPENAI_PATHS = {
  chat: { dialect: 'openai-chat', path: '/chat/completions' },
  responses: { dialect: 'openai-responses', path: '/responses' },
  embeddings: { form: 'openai-embeddings', path: '/embeddings' },
  models: '/models',
} as const satisfies Record<string, unknown>;
