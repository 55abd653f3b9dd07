// Which providers there are, and which model a qualified name means. Names are `<provider>/<model>`; everything after
// the first slash is the provider's own name for it. A name without a provider is looked for in the catalogues.
import { ShoalError } from '#foundation';
import type { ModelInfo } from '../contract.ts';
import type { Target } from './model-call.ts';
import type { Provider } from './provider.ts';

export interface ProvidersById {
  /** Throws `model_unknown` or `model_unavailable`. */
  resolve(model: string): Target;
  models(): readonly ModelInfo[];
}

export function providersById(providers: readonly Provider[]): ProvidersById {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const models = (): readonly ModelInfo[] => providers.flatMap((provider) => provider.models());

  const qualified = (model: string): Target | undefined => {
    const slash = model.indexOf('/');
    const provider = byId.get(model.slice(0, Math.max(0, slash)));
    const name = model.slice(slash + 1);
    const info = name === '' ? undefined : provider?.describe(name);
    return provider === undefined || info === undefined ? undefined : { provider, name, info };
  };
  /** As clients of one API name its models: the first provider that is configured and lists it. */
  const bare = (model: string): Target | undefined => {
    if (model.includes('/')) return undefined;
    for (const provider of providers) {
      const info = provider.models().find((listed) => listed.available && listed.id === `${provider.id}/${model}`);
      if (info !== undefined) return { provider, name: model, info };
    }
    return undefined;
  };

  return {
    models,
    resolve: (model) => {
      const target = qualified(model) ?? bare(model);
      if (target === undefined) throw unknown(model, models());
      if (!target.info.available) {
        throw new ShoalError('model_unavailable', `${model} cannot be called: its provider is not configured.`, {
          hint: `Set ${target.info.missing ?? 'its key'} in the environment and start again.`,
        });
      }
      return target;
    },
  };
}

function unknown(model: string, known: readonly ModelInfo[]): ShoalError {
  const names = known.filter((info) => info.available).map((info) => info.id);
  return new ShoalError('model_unknown', `There is no model called ${model.slice(0, 200)}.`, {
    details: { available: names },
    hint: `Available now: ${names.join(', ')}. Other servers are added under \`providers\` in config.yaml.`,
  });
}
