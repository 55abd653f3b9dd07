// OpenAI itself and every compatible server of the configuration, as providers.
import type { GatewaySettings } from '../../../config.ts';
import type { ModelInfo, Price } from '../../../contract.ts';
import { openAiCatalogue, priceOf, withoutDate } from '../../catalogue.ts';
import type { ProviderEntry } from '../../providers-by-id.ts';
import { createCompatibleProvider } from './compatible-provider.ts';
import { createHttpClient } from './http-client.ts';

export interface CompatibleProviders {
  readonly entries: readonly ProviderEntry[];
  /** Ends every connection. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Server {
  readonly id: string;
  readonly baseUrl: string;
  readonly apiKeyEnv: string | undefined;
  readonly available: boolean;
  readonly listed: readonly Listed[];
}

type Listed = Pick<ModelInfo, 'contextTokens' | 'maxOutputTokens' | 'reasoningTokens'> & {
  readonly name: string;
  readonly price?: Price;
};

/** A model that nobody described: limits that most servers keep. */
const UNDESCRIBED = { contextTokens: 128_000, maxOutputTokens: 8192 };

export function createCompatibleProviders(settings: GatewaySettings, environment: Environment): CompatibleProviders {
  const servers = serversOf(settings, environment);
  const clients = servers.map((server) => {
    const apiKey = server.apiKeyEnv === undefined ? undefined : environment[server.apiKeyEnv];
    const { id: provider, baseUrl, apiKeyEnv } = server;
    return createHttpClient({ provider, baseUrl, apiKey: apiKey || undefined, apiKeyEnv, settings });
  });
  const entries = servers.map((server, index) => {
    const describe = (name: string): ModelInfo => infoOf(server, name, settings);
    const client = clients[index] as (typeof clients)[number];
    const models = server.listed.map(({ name }) => describe(name));
    const { id, available } = server;
    return { provider: createCompatibleProvider({ id, available, client, models, describe }), describe };
  });
  return {
    entries,
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

function serversOf(settings: GatewaySettings, environment: Environment): readonly Server[] {
  const baseUrl = environment['OPENAI_BASE_URL'] || undefined;
  const openAi: Server = {
    id: 'openai',
    baseUrl: baseUrl ?? 'https://api.openai.com/v1',
    apiKeyEnv: 'OPENAI_API_KEY',
    // A server of one's own may need no key.
    available: Boolean(environment['OPENAI_API_KEY'] || baseUrl),
    listed: openAiCatalogue(),
  };
  const configured = Object.entries(settings.providers).map(([id, provider]): Server => ({
    id,
    baseUrl: provider.baseUrl,
    apiKeyEnv: provider.apiKeyEnv,
    available: provider.apiKeyEnv === undefined || Boolean(environment[provider.apiKeyEnv]),
    listed: [
      ...Object.entries(provider.models).map(([name, limits]) => ({ name, ...limits })),
      ...(id === 'openai' ? openAiCatalogue() : []),
    ],
  }));
  return configured.some((server) => server.id === 'openai') ? configured : [openAi, ...configured];
}

function infoOf(server: Server, name: string, settings: GatewaySettings): ModelInfo {
  const listed = server.listed.find((model) => model.name === name || model.name === withoutDate(name));
  const { contextTokens, maxOutputTokens, reasoningTokens } = listed ?? { ...UNDESCRIBED, reasoningTokens: undefined };
  return {
    id: `${server.id}/${name}`,
    kind: 'provider',
    price: configuredPrice(`${server.id}/${name}`, settings) ?? listed?.price,
    contextTokens,
    maxOutputTokens,
    available: server.available,
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
    ...(server.available ? {} : { missing: server.apiKeyEnv ?? '' }),
  };
}

function configuredPrice(id: string, settings: GatewaySettings): Price | undefined {
  const price = settings.prices[id];
  if (price === undefined) return undefined;
  const { inputUsdPerMillion: input, cachedInputUsdPerMillion: cached, outputUsdPerMillion: output, source } = price;
  return priceOf(input, cached ?? input, output, source);
}
