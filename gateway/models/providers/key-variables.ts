// Names of all variables that may hold a secret of a provider, for whoever takes secrets out of texts: not all of them
// have a name that says so.
import { DEFINITIONS } from './definitions/index.ts';
import type { ProvidersSettings } from './settings.ts';

export function keyVariables({ providers }: Pick<ProvidersSettings, 'providers'>): readonly string[] {
  const known = DEFINITIONS.flatMap(({ credentials }) =>
    credentials.flatMap(({ env, auth }) => (auth.kind === 'aws-sigv4' ? [env, auth.secretEnv, auth.sessionEnv] : [env])),
  );
  const configured = Object.values(providers).flatMap(({ apiKeyEnv, keys }) => [
    ...(apiKeyEnv === undefined ? [] : [apiKeyEnv]),
    ...(keys ?? []).map(({ env }) => env),
  ]);
  return [...new Set([...known, ...configured])];
}
