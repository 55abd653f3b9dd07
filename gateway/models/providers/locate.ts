// Where a provider is and which path each of its APIs has there.
import { ShoalError } from '#foundation';
import type { DialectId } from '../dialects/dialect.ts';
import type { Path, ProviderDefinition, SpokenDialect } from './definition.ts';
import { COMPATIBLE, COMPATIBLE_DIALECTS } from './definitions/compatible.ts';
import type { Environment, ResolvedProvider } from './resolve-providers.ts';
import type { ProviderSettings } from './settings.ts';
import { encoded } from './sigv4.ts';

export interface Place {
  readonly dialects: readonly DialectId[];
  readonly spoken: ReadonlyMap<DialectId, SpokenDialect>;
  readonly region: string | undefined;
  /** A variable without which the URL is not known. */
  readonly missing: string | undefined;
  readonly url: ResolvedProvider['url'];
}

export function locate(definition: ProviderDefinition, own: ProviderSettings | undefined, environment: Environment): Place {
  const region = own?.region ?? firstSet(definition.regionEnv, environment);
  const resource = firstSet(definition.resourceEnv, environment);
  const apiVersion =
    own?.apiVersion ?? firstSet(definition.apiVersionEnv === undefined ? [] : [definition.apiVersionEnv], environment);
  const elsewhere = firstSet(definition.baseUrlEnv, environment);
  const written = own?.baseUrl ?? (elsewhere === undefined ? definition.baseUrl : asUrl(elsewhere, definition.hostPort));
  const missing =
    written === ''
      ? (definition.baseUrlEnv[0] ?? '')
      : written.includes('{region}') && region === undefined
        ? (definition.regionEnv?.[0] ?? '')
        : written.includes('{resource}') && resource === undefined
          ? (definition.baseUrlEnv[0] ?? '')
          : undefined;
  const base = written
    .replaceAll('{region}', region ?? '')
    .replaceAll('{resource}', resource ?? '')
    .replace(/\/+$/, '');

  const spoken = spokenDialects(definition, own);
  const pathOf = (operation: 'generate' | 'embed' | 'models', dialect: DialectId | undefined): Path | undefined => {
    if (operation === 'models') return definition.modelsPath;
    if (operation === 'embed') return definition.embeddings?.path;
    return dialect === undefined ? spoken.values().next().value?.path : spoken.get(dialect)?.path;
  };
  return {
    dialects: [...spoken.keys()],
    spoken,
    region,
    missing,
    url: (operation, dialect, model, stream) => {
      const path = pathOf(operation, dialect);
      if (path === undefined) throw unspoken(definition.name, operation, dialect);
      return (
        base +
        (typeof path === 'string' ? path : path({ model: operation === 'models' ? '' : pathSegment(model), stream, apiVersion }))
      );
    },
  };
}

function spokenDialects(
  definition: ProviderDefinition,
  own: ProviderSettings | undefined,
): ReadonlyMap<DialectId, SpokenDialect> {
  const known = new Map(definition.dialects.map((spoken) => [spoken.dialect, spoken]));
  if (own?.dialects === undefined) return known;
  // What a definition does not name is where a compatible server would have it.
  const usual = new Map(COMPATIBLE_DIALECTS.map((spoken) => [spoken.dialect, spoken]));
  return new Map(
    own.dialects.flatMap((dialect) => {
      const spoken = known.get(dialect) ?? (definition === COMPATIBLE ? usual.get(dialect) : undefined);
      if (spoken !== undefined) return [[dialect, spoken] as const];
      throw new ShoalError('invalid_config', `${definition.name} does not speak ${dialect}.`, {
        hint: `It speaks ${[...known.keys()].join(', ')}.`,
      });
    }),
  );
}

function unspoken(name: string, operation: string, dialect: DialectId | undefined): ShoalError {
  const what = operation === 'embed' ? 'embed' : operation === 'models' ? 'list its models' : `speak ${dialect}`;
  return new ShoalError('invalid_input', `${name} does not ${what}.`, {
    hint:
      operation === 'embed'
        ? 'Choose a model that makes embeddings, such as openai/text-embedding-3-small; embedded/rules-1 needs no provider.'
        : 'Choose another provider.',
  });
}

/**
 * A model's name becomes one segment of the path, so that no name reaches another path of the provider. A name that a
 * URL would take for a step up is the one thing that encoding does not disarm.
 */
function pathSegment(model: string): string {
  if (/^\.{0,2}$/.test(model)) throw new ShoalError('invalid_input', `${JSON.stringify(model)} is no name of a model.`);
  return encoded(model);
}

export function firstSet(names: readonly string[] | undefined, environment: Environment): string | undefined {
  for (const name of names ?? []) {
    const value = environment[name]?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** A host as some variables hold it; 0.0.0.0 is where a server listens, not where it is reached. */
function asUrl(value: string, hostPort: number | undefined): string {
  if (hostPort === undefined || /^https?:\/\//.test(value)) return value;
  const host = value.replace(/^0\.0\.0\.0/, '127.0.0.1');
  return `http://${/:\d+$/.test(host) ? host : `${host}:${hostPort}`}`;
}
