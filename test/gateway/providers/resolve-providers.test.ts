// Definitions, configuration and environment put together: where requests go, what proves who asks, and that no key
// can be read off what comes out.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import { DEFINITIONS } from '../../../gateway/models/providers/definitions/index.ts';
import { keyVariables } from '../../../gateway/models/providers/key-variables.ts';
import { resolveProviders } from '../../../gateway/models/providers/resolve-providers.ts';
import type { Environment, ResolvedProvider } from '../../../gateway/models/providers/resolve-providers.ts';
import { PricesSchema, ProvidersSchema } from '../../../gateway/models/providers/settings.ts';

const SECRET = 'sk-very-secret-0123456789';
const BODY = Buffer.from('{}');
const at = (): Date => new Date('2026-11-25T12:00:00Z');

function providersOf(environment: Environment, providers: unknown = {}, prices: unknown = {}): readonly ResolvedProvider[] {
  return resolveProviders({ providers: ProvidersSchema.parse(providers), prices: PricesSchema.parse(prices) }, environment, at);
}

function providerOf(id: string, environment: Environment, providers: unknown = {}, prices: unknown = {}): ResolvedProvider {
  const provider = providersOf(environment, providers, prices).find((one) => one.id === id);
  if (provider === undefined) throw new Error(`no ${id}`);
  return provider;
}

const headersOf = (provider: ResolvedProvider, url = 'https://example.com/', dialect?: DialectId | 'openai-embeddings') =>
  provider.headers({ method: 'POST', url, body: BODY, dialect }, provider.keys[0]);

interface Known {
  readonly id: string;
  readonly environment: Environment;
  readonly model: string;
  readonly dialect: DialectId;
  readonly stream: boolean;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const bearer = { authorization: `Bearer ${SECRET}` };
const KNOWN: readonly Known[] = [
  known('openai', 'OPENAI_API_KEY', 'gpt-4o', 'openai-chat', 'https://api.openai.com/v1/chat/completions', bearer),
  known('openai', 'OPENAI_API_KEY', 'gpt-4o', 'openai-responses', 'https://api.openai.com/v1/responses', bearer),
  known('anthropic', 'ANTHROPIC_API_KEY', 'claude-opus-5-5', 'anthropic-messages', 'https://api.anthropic.com/v1/messages', {
    'x-api-key': SECRET,
    'anthropic-version': '2023-06-01',
  }),
  known('anthropic', 'ANTHROPIC_AUTH_TOKEN', 'claude-opus-5-5', 'anthropic-messages', 'https://api.anthropic.com/v1/messages', {
    ...bearer,
    'anthropic-version': '2023-06-01',
  }),
  known(
    'gemini',
    'GEMINI_API_KEY',
    'gemini-2.5-pro',
    'gemini',
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent',
    { 'x-goog-api-key': SECRET },
  ),
  {
    ...known(
      'gemini',
      'GOOGLE_API_KEY',
      'gemini-2.5-pro',
      'gemini',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse',
      { 'x-goog-api-key': SECRET },
    ),
    stream: true,
  },
  known(
    'gemini',
    'GEMINI_API_KEY',
    'gemini-2.5-pro',
    'openai-chat',
    'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
    bearer,
  ),
  known('openrouter', 'OPENROUTER_API_KEY', 'a/b', 'openai-chat', 'https://openrouter.ai/api/v1/chat/completions', bearer),
  known('openrouter', 'OPENROUTER_API_KEY', 'a/b', 'anthropic-messages', 'https://openrouter.ai/api/v1/messages', {
    ...bearer,
    'anthropic-version': '2023-06-01',
  }),
  known('groq', 'GROQ_API_KEY', 'openai/gpt-oss-20b', 'openai-chat', 'https://api.groq.com/openai/v1/chat/completions', bearer),
  known('mistral', 'MISTRAL_API_KEY', 'mistral-large-4', 'openai-chat', 'https://api.mistral.ai/v1/chat/completions', bearer),
  known('deepseek', 'DEEPSEEK_API_KEY', 'deepseek-flash', 'openai-chat', 'https://api.deepseek.com/chat/completions', bearer),
  known(
    'deepseek',
    'DEEPSEEK_API_KEY',
    'deepseek-flash',
    'anthropic-messages',
    'https://api.deepseek.com/anthropic/v1/messages',
    { 'x-api-key': SECRET, 'anthropic-version': '2023-06-01' },
  ),
  known(
    'qwen',
    'DASHSCOPE_API_KEY',
    'qwen3-max',
    'openai-chat',
    'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions',
    bearer,
  ),
  known('xai', 'XAI_API_KEY', 'grok-4.7', 'openai-responses', 'https://api.x.ai/v1/responses', bearer),
  known('together', 'TOGETHER_API_KEY', 'a/b', 'openai-chat', 'https://api.together.xyz/v1/chat/completions', bearer),
  known('fireworks', 'FIREWORKS_API_KEY', 'a', 'openai-chat', 'https://api.fireworks.ai/inference/v1/chat/completions', bearer),
];

function known(
  id: string,
  variable: string,
  model: string,
  dialect: DialectId,
  url: string,
  headers: Readonly<Record<string, string>>,
): Known {
  return { id, environment: { [variable]: SECRET }, model, dialect, stream: false, url, headers };
}

describe('a provider that is known by name', () => {
  it.each(KNOWN)('$id is asked in $dialect at $url', ({ id, environment, model, dialect, stream, url, headers }) => {
    const provider = providerOf(id, environment);
    expect(provider).toMatchObject({ available: true, missing: undefined });
    expect(provider.url('generate', dialect, model, stream)).toBe(url);
    expect(headersOf(provider, url, dialect)).toEqual(headers);
  });

  it('is there for every name in the list, and says which variable it misses', () => {
    const missing = Object.fromEntries(providersOf({}).map((provider) => [provider.id, provider.missing]));
    expect(missing).toEqual({
      openai: 'OPENAI_API_KEY',
      anthropic: 'ANTHROPIC_API_KEY',
      gemini: 'GEMINI_API_KEY',
      'azure-openai': 'AZURE_OPENAI_ENDPOINT',
      bedrock: 'AWS_REGION',
      openrouter: 'OPENROUTER_API_KEY',
      groq: 'GROQ_API_KEY',
      mistral: 'MISTRAL_API_KEY',
      deepseek: 'DEEPSEEK_API_KEY',
      qwen: 'DASHSCOPE_API_KEY',
      xai: 'XAI_API_KEY',
      together: 'TOGETHER_API_KEY',
      fireworks: 'FIREWORKS_API_KEY',
      ollama: 'OLLAMA_HOST',
    });
  });

  it.each(DEFINITIONS.flatMap(({ id, baseUrlEnv }) => baseUrlEnv.map((variable) => ({ id, variable }))))(
    '$id goes where $variable says',
    ({ id, variable }) => {
      const provider = providerOf(id, { [variable]: 'http://127.0.0.1:9/base/' });
      const dialect = provider.dialects[0];
      expect(provider.url('generate', dialect, 'm', false)).toMatch(/^http:\/\/127\.0\.0\.1:9\/base\/\w/);
    },
  );

  it('does not what it cannot do', () => {
    const anthropic = providerOf('anthropic', { ANTHROPIC_API_KEY: SECRET });
    expect(anthropic.embeds).toBe(false);
    expect(() => anthropic.url('embed', undefined, 'm', false)).toThrow('Anthropic does not embed.');
    expect(() => anthropic.url('generate', 'gemini', 'm', false)).toThrow('Anthropic does not speak gemini.');
    expect(() => providerOf('bedrock', { AWS_REGION: 'a' }).url('models', undefined, '', false)).toThrow(/list its models/);
  });

  it('keeps the name of a model inside its own segment of the path', () => {
    const gemini = providerOf('gemini', { GEMINI_API_KEY: SECRET });
    const base = 'https://generativelanguage.googleapis.com/v1beta/models/';
    expect(gemini.url('generate', 'gemini', '../../v1/tunedModels?x=1#', false)).toBe(
      `${base}..%2F..%2Fv1%2FtunedModels%3Fx%3D1%23:generateContent`,
    );
    for (const name of ['', '.', '..']) expect(() => gemini.url('generate', 'gemini', name, false)).toThrow(/no name of a model/);
  });
});

describe('Azure OpenAI', () => {
  const environment = { AZURE_OPENAI_ENDPOINT: 'https://me.openai.azure.com/', AZURE_OPENAI_API_KEY: SECRET };

  it('speaks the form without versions unless a version is named', () => {
    const azure = providerOf('azure-openai', environment);
    expect(azure.url('generate', 'openai-chat', 'my-gpt', false)).toBe('https://me.openai.azure.com/openai/v1/chat/completions');
    expect(azure.url('generate', 'openai-responses', 'my-gpt', true)).toBe('https://me.openai.azure.com/openai/v1/responses');
    expect(headersOf(azure)).toEqual({ 'api-key': SECRET });
  });

  it('puts the deployment into the path where a version is named', () => {
    const azure = providerOf('azure-openai', { ...environment, OPENAI_API_VERSION: '2024-10-21' });
    const base = 'https://me.openai.azure.com/openai';
    expect(azure.url('generate', 'openai-chat', 'my gpt', false)).toBe(
      `${base}/deployments/my%20gpt/chat/completions?api-version=2024-10-21`,
    );
    expect(azure.url('embed', undefined, 'e', false)).toBe(`${base}/deployments/e/embeddings?api-version=2024-10-21`);
    expect(azure.url('generate', 'openai-responses', 'my-gpt', false)).toBe(`${base}/responses?api-version=2024-10-21`);
  });

  it('takes a token of Entra ID, and the name of a resource', () => {
    const azure = providerOf('azure-openai', { AZURE_RESOURCE_NAME: 'mine', AZURE_OPENAI_AD_TOKEN: SECRET });
    expect(azure.available).toBe(true);
    expect(azure.url('models', undefined, '', false)).toBe('https://mine.openai.azure.com/openai/v1/models');
    expect(headersOf(azure)).toEqual(bearer);
  });

  it('prices a deployment as the model that it is said to be, and no other', () => {
    const models = { 'my-gpt': { pricedAs: 'openai/gpt-4o' } };
    const azure = providerOf('azure-openai', environment, { 'azure-openai': { models } });
    expect(azure.describe('my-gpt').price?.inputNanoUsdPerToken).toBe(2500);
    expect(azure.describe('gpt-4o').price).toBeUndefined();
  });
});

describe('Bedrock', () => {
  const model = 'anthropic.claude-opus-5-5-v1:0';

  it('is asked in its region, signed for the very request', () => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET };
    const bedrock = providerOf('bedrock', environment);
    const url = bedrock.url('generate', 'bedrock-converse', model, true);
    expect(url).toBe('https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-opus-5-5-v1%3A0/converse-stream');
    const headers = headersOf(bedrock, url);
    expect(headers['x-amz-date']).toBe('20261125T120000Z');
    expect(headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261125\/eu-west-1\/bedrock\/aws4_request, SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
    expect(headersOf(bedrock, `${url}x`)['authorization']).not.toBe(headers['authorization']);
  });

  it('takes a key of its own before signing', () => {
    const bedrock = providerOf('bedrock', {
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_BEARER_TOKEN_BEDROCK: SECRET,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    expect(headersOf(bedrock)).toEqual(bearer);
  });

  it('says that the secret is missing where half of a pair is there', () => {
    const bedrock = providerOf('bedrock', { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE' });
    expect(bedrock).toMatchObject({ available: false, missing: 'AWS_SECRET_ACCESS_KEY', keys: [] });
  });
});

describe('a server by its URL', () => {
  const baseUrl = 'http://127.0.0.1:8000/v1/';

  it('is asked without a key where none is named, with the same keys of the configuration as before', () => {
    const models = { local: { contextTokens: 4096, maxOutputTokens: 512 } };
    const vllm = providerOf('vllm', {}, { vllm: { baseUrl, models } });
    expect(vllm).toMatchObject({ available: true, dialects: ['openai-chat'], embeds: true, keys: [] });
    expect(vllm.url('generate', 'openai-chat', 'local', false)).toBe('http://127.0.0.1:8000/v1/chat/completions');
    expect(headersOf(vllm)).toEqual({});
    expect(vllm.models()).toEqual([
      {
        id: 'vllm/local',
        kind: 'provider',
        price: undefined,
        contextTokens: 4096,
        maxOutputTokens: 512,
        available: true,
      },
    ]);
    expect(vllm.describe('other')).toMatchObject({ contextTokens: 128_000, undescribed: true });
  });

  it('needs the key that is named for it', () => {
    const providers = { mine: { baseUrl, apiKeyEnv: 'MINE_KEY' } };
    expect(providerOf('mine', {}, providers)).toMatchObject({ available: false, missing: 'MINE_KEY' });
    expect(headersOf(providerOf('mine', { MINE_KEY: ` ${SECRET}\n` }, providers))).toEqual(bearer);
  });

  it('has several keys with their weights, and those that are set only', () => {
    const keys = [{ env: 'ONE', weight: 3 }, { env: 'TWO' }, { env: 'THREE' }];
    const mine = providerOf('mine', { ONE: 'first-key', THREE: 'third-key' }, { mine: { baseUrl, keys } });
    expect(mine.keys).toEqual([
      { name: 'ONE', weight: 3 },
      { name: 'THREE', weight: 1 },
    ]);
    const sent = mine.keys.map((key) => mine.headers({ method: 'POST', url: baseUrl, body: BODY }, key)['authorization']);
    expect(sent).toEqual(['Bearer first-key', 'Bearer third-key']);
    expect(() => mine.headers({ method: 'POST', url: baseUrl, body: BODY }, { name: 'ONE', weight: 3 })).toThrow(/is no key/);
  });

  it('speaks the APIs that it is said to, and has headers of its own', () => {
    const mine = { baseUrl, dialects: ['anthropic-messages', 'openai-chat'], headers: { 'X-Team': 'a' }, apiKeyEnv: 'MINE' };
    const provider = providerOf('mine', { MINE: SECRET }, { mine });
    expect(provider.dialects).toEqual(['anthropic-messages', 'openai-chat']);
    expect(provider.url('generate', 'anthropic-messages', 'm', false)).toBe('http://127.0.0.1:8000/v1/messages');
    expect(headersOf(provider, baseUrl, 'anthropic-messages')).toEqual({
      ...bearer,
      'anthropic-version': '2023-06-01',
      'x-team': 'a',
    });
    expect(headersOf(provider, baseUrl, 'openai-chat')).toEqual({ ...bearer, 'x-team': 'a' });
  });

  it('is like a provider that is known: its paths and its way of proving who asks, not its prices', () => {
    const mirror = { like: 'anthropic', baseUrl: 'https://mirror.example.com', apiKeyEnv: 'MIRROR_KEY' };
    const provider = providerOf('mirror', { MIRROR_KEY: SECRET }, { mirror });
    expect(provider.url('generate', 'anthropic-messages', 'm', false)).toBe('https://mirror.example.com/v1/messages');
    expect(headersOf(provider)).toEqual({ 'x-api-key': SECRET, 'anthropic-version': '2023-06-01' });
    expect(provider.describe('claude-opus-5-5').price).toBeUndefined();
  });

  it('does not get OpenAI’s key unless it is named: others’ servers speak its API too', () => {
    const openai = providerOf('openai', { OPENAI_API_KEY: SECRET }, { openai: { baseUrl } });
    expect(openai).toMatchObject({ available: true, keys: [] });
    expect(headersOf(openai)).toEqual({});
    const named = providerOf('openai', { OPENAI_API_KEY: SECRET }, { openai: { baseUrl, apiKeyEnv: 'OPENAI_API_KEY' } });
    expect(headersOf(named)).toEqual(bearer);
  });

  it('may need no key where OPENAI_BASE_URL says where it is', () => {
    expect(providerOf('openai', { OPENAI_BASE_URL: baseUrl })).toMatchObject({ available: true, keys: [] });
    expect(providerOf('anthropic', { ANTHROPIC_BASE_URL: baseUrl })).toMatchObject({ available: false });
  });

  it('costs nothing where it is said to run on a machine of one’s own', () => {
    const free = providerOf('mine', {}, { mine: { baseUrl, free: true } });
    expect(free.describe('m').price).toMatchObject({ inputNanoUsdPerToken: 0, outputNanoUsdPerToken: 0 });
    const ollama = providerOf('ollama', { OLLAMA_HOST: '0.0.0.0' });
    expect(ollama.url('generate', 'openai-chat', 'm', false)).toBe('http://127.0.0.1:11434/v1/chat/completions');
    expect(ollama.describe('qwen3:8b').price?.outputNanoUsdPerToken).toBe(0);
    expect(ollama.describe('gpt-oss:120b-cloud').price).toBeUndefined();
  });

  it.each([
    [{ mine: {} }, /needs a `baseUrl`/],
    [{ mine: { like: 'nobody', baseUrl } }, /names no provider: nobody/],
    [{ anthropic: { dialects: ['gemini'] } }, /does not speak gemini/],
  ])('is refused where it cannot be reached: %j', (providers, message) => {
    expect(() => providersOf({}, providers)).toThrow(message);
  });

  it.each([{ 'X-A': 'a\r\nb: c' }, { 'X A': 'a' }, { 'X-A': 'é' }])('has no header that ends another: %j', (headers) => {
    expect(ProvidersSchema.safeParse({ mine: { baseUrl, headers } }).success).toBe(false);
  });
});

describe('a price that is announced to change', () => {
  it('changes a day early, in a process that goes on running', () => {
    let today = new Date('2026-11-29T23:59:59Z');
    const settings = {
      providers: ProvidersSchema.parse({
        mirror: { baseUrl: 'http://a', models: { argon: { pricedAs: 'gemini/gemini-4-argon' } } },
      }),
      prices: {},
    };
    const providers = resolveProviders(settings, {}, () => today);
    const inputOf = (id: string, model: string): number | undefined =>
      providers.find((provider) => provider.id === id)?.describe(model).price?.inputNanoUsdPerToken;
    expect([inputOf('gemini', 'gemini-4-argon'), inputOf('mirror', 'argon')]).toEqual([2000, 2000]);
    today = new Date('2026-11-30T00:00:00Z');
    expect([inputOf('gemini', 'gemini-4-argon'), inputOf('mirror', 'argon')]).toEqual([4000, 4000]);
    const listed = providers
      .find(({ id }) => id === 'gemini')
      ?.models()
      .find(({ id }) => id === 'gemini/gemini-4-argon');
    expect(listed?.price).toMatchObject({ inputNanoUsdPerToken: 4000, date: '2026-12-01' });
  });
});

describe('prices of the configuration', () => {
  it('replace the catalogue’s, with tiers and a date', () => {
    const prices = {
      'openai/gpt-4o': {
        inputUsdPerMillion: 1,
        outputUsdPerMillion: 2,
        tiers: [{ aboveInputTokens: 1000, inputUsdPerMillion: 3, outputUsdPerMillion: 4 }],
        date: '2026-11-25',
      },
    };
    expect(providerOf('openai', {}, {}, prices).describe('gpt-4o').price).toEqual({
      inputNanoUsdPerToken: 1000,
      cachedInputNanoUsdPerToken: 1000,
      outputNanoUsdPerToken: 2000,
      tiers: [
        { aboveInputTokens: 1000, inputNanoUsdPerToken: 3000, cachedInputNanoUsdPerToken: 3000, outputNanoUsdPerToken: 4000 },
      ],
      source: 'config.yaml',
      date: '2026-11-25',
    });
  });
});

describe('keys', () => {
  it('have names that can be listed, so that they are taken out of texts', () => {
    const providers = ProvidersSchema.parse({
      a: { baseUrl: 'http://a', keys: [{ env: 'ONE' }] },
      b: { baseUrl: 'http://b', apiKeyEnv: 'TWO' },
    });
    expect(keyVariables({ providers })).toEqual(
      expect.arrayContaining([
        'OPENAI_API_KEY',
        'AWS_BEARER_TOKEN_BEDROCK',
        'AWS_SECRET_ACCESS_KEY',
        'AWS_SESSION_TOKEN',
        'ONE',
        'TWO',
      ]),
    );
  });

  it('can be read off nothing that comes out, however it is printed', () => {
    const environment = Object.fromEntries(keyVariables({ providers: {} }).map((name) => [name, SECRET]));
    const providers = providersOf(
      { ...environment, AWS_REGION: 'us-east-1', OWN: SECRET },
      { own: { baseUrl: 'http://a/', apiKeyEnv: 'OWN' } },
    );
    expect(providers.filter(({ keys }) => keys.length > 0).length).toBeGreaterThan(10);
    expect(JSON.stringify(providers)).not.toContain(SECRET);
    expect(inspect(providers, { depth: 20, showHidden: true, getters: true })).not.toContain(SECRET);
  });

  it('are sent in headers that nobody can change for the next call', () => {
    const openai = providerOf('openai', { OPENAI_API_KEY: SECRET });
    const headers = headersOf(openai) as Record<string, string>;
    expect(() => {
      headers['authorization'] = 'Bearer other';
    }).toThrow(TypeError);
    expect(headersOf(openai)).toEqual(bearer);
  });
});
