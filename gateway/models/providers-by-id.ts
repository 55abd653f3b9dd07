// Which providers there are, and which model a qualified name means. Names are `<provider>/<model>`; everything after
// the first slash is the provider's own name for it.
import { ShoalError } from '#foundation';
import type { ModelInfo, Provider } from '../contract.ts';
import type { Target } from './answer.ts';

export interface ProvidersById {
  /** Throws `model_unknown` or `model_unavailable`. */
  resolve(model: string): Target;
  models(): readonly ModelInfo[];
}

/** A provider, and how it describes a model that it did not list: compatible servers have models we never heard of. */
export interface ProviderEntry {
  readonly provider: Provider;
  describe(name: string): ModelInfo | undefined;
}

export function providersById(entries: readonly ProviderEntry[]): ProvidersById {
  const byId = new Map(entries.map((entry) => [entry.provider.id, entry]));
  const models = (): readonly ModelInfo[] => entries.flatMap(({ provider }) => provider.models());
  return {
    models,
    resolve: (model) => {
      const slash = model.indexOf('/');
      const entry = byId.get(model.slice(0, Math.max(0, slash)));
      const name = model.slice(slash + 1);
      const info = entry?.describe(name);
      if (entry === undefined || info === undefined || name === '') throw unknown(model, models());
      if (!info.available) {
        throw new ShoalError('model_unavailable', `${model} cannot be called: its provider is not configured.`, {
          hint: `Set ${info.missing ?? 'its key'} in the environment and start again.`,
        });
      }
      return { provider: entry.provider, name, info };
    },
  };
}

function unknown(model: string, known: readonly ModelInfo[]): ShoalError {
  const names = known.filter((info) => info.available).map((info) => info.id);
  return new ShoalError('model_unknown', `There is no model called ${model}.`, {
    details: { available: names },
    hint: `Available now: ${names.join(', ')}. Other servers are added under \`providers\` in config.yaml.`,
  });
}
