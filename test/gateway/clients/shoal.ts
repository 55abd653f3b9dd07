// A whole Shoal on a port of its own, with the programmable upstream as its OpenAI, Anthropic, Gemini and Bedrock.
// Prices are round, so that a sum can be done in the head: 1 USD a million tokens in, 0.5 from the cache, 10 out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { homeAt } from '../../../app/home.ts';
import { createServer } from '../../../app/http/server.ts';
import { openSystem } from '../../../app/system.ts';
import type { System } from '../../../app/system.ts';
import type { GatewayConfig } from '#gateway';
import { startUpstream, UPSTREAM_KEY } from '../../fixtures/upstream/upstream.ts';
import type { Upstream } from '../../fixtures/upstream/upstream.ts';

export const OPENAI = 'openai/gpt-4o-mini';
export const ANTHROPIC = 'anthropic/claude-haiku-4-5';
export const THINKER = 'anthropic/claude-sonnet-5';
export const GEMINI = 'gemini/gemini-2.5-flash';
export const BEDROCK = 'bedrock/anthropic.claude-haiku-4-5';
export const EMBEDDING = 'openai/text-embedding-3-small';

const RATES = { inputUsdPerMillion: 1, cachedInputUsdPerMillion: 0.5, outputUsdPerMillion: 10 };
export const NANO_USD = { input: 1000, cached: 500, output: 10_000 } as const;

/** What the told usage costs. */
export function costOf({
  input,
  output,
  cached,
}: {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}): number {
  return (input - cached) * NANO_USD.input + cached * NANO_USD.cached + output * NANO_USD.output;
}

export interface Shoal {
  readonly url: string;
  readonly system: System;
  readonly upstream: Upstream;
  readonly spent: () => { readonly spentNanoUsd: number; readonly reservedNanoUsd: number };
  /** Sockets of clients. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export async function startShoal(config: GatewayConfig = {}): Promise<Shoal> {
  const upstream = await startUpstream();
  const folder = mkdtempSync(join(tmpdir(), 'shoal-clients-'));
  const { origin } = upstream;
  const gateway: GatewayConfig = {
    retries: { attempts: 2, baseMs: 1 },
    ...config,
    providers: {
      openai: { baseUrl: `${origin}/v1`, apiKeyEnv: 'OPENAI_API_KEY' },
      anthropic: { baseUrl: origin, apiKeyEnv: 'ANTHROPIC_API_KEY' },
      // Its own API only: the one that is like OpenAI's would be passed on.
      gemini: { baseUrl: origin, apiKeyEnv: 'GEMINI_API_KEY', dialects: ['gemini'] },
      bedrock: { baseUrl: origin, apiKeyEnv: 'AWS_BEARER_TOKEN_BEDROCK' },
      ...config.providers,
    },
    prices: {
      ...Object.fromEntries([OPENAI, ANTHROPIC, THINKER, GEMINI, BEDROCK, EMBEDDING].map((id) => [id, RATES])),
      ...config.prices,
    },
  };
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify({ gateway }));
  const variables = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'AWS_BEARER_TOKEN_BEDROCK'];
  const keys = Object.fromEntries(variables.map((name) => [name, UPSTREAM_KEY]));
  const system = openSystem(homeAt(folder, {}), keys);
  const server = await createServer(system);
  await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    system,
    upstream,
    spent: () => {
      const { spentNanoUsd = 0, reservedNanoUsd = 0 } = system.gateway.ledger.balance('shoal') ?? {};
      return { spentNanoUsd, reservedNanoUsd };
    },
    connections: () => promisify(server.server.getConnections.bind(server.server))(),
    close: async () => {
      await server.close();
      await system.close();
      await upstream.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
