// What is known of a provider's models: from the configuration, then from the catalogue, else guesses marked as such.
import type { ModelInfo, Price } from '../../contract.ts';
import { findModel, priceAt } from '../prices/catalogue.ts';
import type { CatalogueModel } from '../prices/catalogue.ts';
import { configuredPrice } from '../prices/configured.ts';
import { priceOf } from '../prices/usd.ts';
import type { ProviderDefinition } from './definition.ts';
import { DEFINITIONS } from './definitions/index.ts';
import type { ResolvedProvider } from './resolve-providers.ts';
import type { ProvidersSettings } from './settings.ts';

export interface DescribeOptions {
  readonly id: string;
  readonly definition: ProviderDefinition;
  readonly settings: ProvidersSettings;
  readonly available: boolean;
  readonly missing: string | undefined;
  readonly now: () => Date;
}

/** What is known of a model, and until when. */
interface Described {
  readonly info: ModelInfo;
  readonly untilMs: number;
}

/** A price with the moment of its next change. */
interface Priced {
  readonly price: Price | undefined;
  readonly untilMs: number;
}

/** A model that nobody described: limits that most servers keep. */
const UNDESCRIBED = { contextTokens: 128_000, maxOutputTokens: 8192 };
const FREE = priceOf({ input: 0, output: 0 }, [], { source: 'runs on a machine of one’s own' });

export function describeModels(options: DescribeOptions): Pick<ResolvedProvider, 'describe' | 'models'> {
  const { id, definition, settings, available, missing } = options;
  const own = settings.providers[id];
  const prices = new Map(Object.entries(settings.prices).map(([name, price]) => [name, configuredPrice(price)]));
  const catalogue = byName(definition.models);

  const priceFor = (name: string, listed: CatalogueModel | undefined): Priced => {
    const configured = prices.get(`${id}/${name}`);
    if (configured !== undefined) return fixed(configured);
    const pricedAs = own?.models[name]?.pricedAs;
    if (pricedAs !== undefined) return fixedOr(prices.get(pricedAs), catalogueModel(pricedAs), options.now);
    if (own?.free === true || definition.isFree?.(name) === true) return fixed(FREE);
    // Another server that is like a provider need not charge what that one does.
    return definition.id === id ? fixedOr(undefined, listed, options.now) : fixed(undefined);
  };
  const describeNow = (name: string): Described => {
    const listed = findModel(catalogue, name);
    const declared = own?.models[name];
    const limits = declared ?? listed ?? UNDESCRIBED;
    const reasoningTokens = declared?.reasoningTokens ?? listed?.reasoningTokens;
    const { price, untilMs } = priceFor(name, listed);
    const info: ModelInfo = {
      id: `${id}/${name}`,
      kind: 'provider',
      price,
      contextTokens: limits.contextTokens,
      maxOutputTokens: limits.maxOutputTokens,
      available,
      ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
      ...(missing === undefined ? {} : { missing }),
      ...(limits === UNDESCRIBED ? { undescribed: true as const } : {}),
    };
    return { info, untilMs };
  };

  const known = new Map<string, Described>();
  const describe = (name: string): ModelInfo => {
    const before = known.get(name);
    if (before !== undefined && (before.untilMs === Number.POSITIVE_INFINITY || options.now().getTime() < before.untilMs)) {
      return before.info;
    }
    const described = describeNow(name);
    // Names come from callers, so what is remembered of them has to be bounded.
    if (known.size < 1000 || known.has(name)) known.set(name, described);
    return described.info;
  };
  const names = [...new Set([...Object.keys(own?.models ?? {}), ...definition.models.map((model) => model.name)])];
  return { describe, models: () => names.map(describe) };
}

function fixed(price: Price | undefined): Priced {
  return { price, untilMs: Number.POSITIVE_INFINITY };
}

function fixedOr(price: Price | undefined, model: CatalogueModel | undefined, now: () => Date): Priced {
  return price !== undefined || model === undefined ? fixed(price) : priceAt(model, now().getTime());
}

function catalogueModel(qualified: string): CatalogueModel | undefined {
  const slash = qualified.indexOf('/');
  const definition = DEFINITIONS.find(({ id }) => id === qualified.slice(0, slash));
  return definition === undefined ? undefined : findModel(byName(definition.models), qualified.slice(slash + 1));
}

function byName(models: readonly CatalogueModel[]): ReadonlyMap<string, CatalogueModel> {
  return new Map(models.map((model) => [model.name, model]));
}
