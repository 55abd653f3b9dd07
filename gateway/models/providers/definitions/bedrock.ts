// Amazon Bedrock through its Converse API. Requests are signed, or carry a Bedrock API key as a bearer token. What a
// model costs differs by region and by inference profile, so its price is given in the configuration (`pricedAs`, or
// `prices`).
import { BEARER } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const BEDROCK: ProviderDefinition = {
  id: 'bedrock',
  name: 'Amazon Bedrock',
  baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  baseUrlEnv: ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
  regionEnv: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  credentials: [
    { env: 'AWS_BEARER_TOKEN_BEDROCK', auth: BEARER },
    {
      env: 'AWS_ACCESS_KEY_ID',
      auth: { kind: 'aws-sigv4', service: 'bedrock', secretEnv: 'AWS_SECRET_ACCESS_KEY', sessionEnv: 'AWS_SESSION_TOKEN' },
    },
  ],
  headers: {},
  dialects: [
    {
      dialect: 'bedrock-converse',
      path: ({ model, stream }) => `/model/${model}/${stream ? 'converse-stream' : 'converse'}`,
    },
  ],
  embeddings: undefined,
  // The list is on another host (`bedrock.{region}`), which a key for the runtime need not reach.
  modelsPath: undefined,
  quirks: {},
  models: [],
};
