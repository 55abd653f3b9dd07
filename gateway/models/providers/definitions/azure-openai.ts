// Azure OpenAI. A model is a deployment, whose name its owner chose; what it costs depends on where it runs, so its
// price is given in the configuration (`pricedAs`, or `prices`). With an API version the deployment stands in the
// path; without one, or with `v1`, the newer form without versions is spoken and the deployment is the body's `model`
// (notes on Azure of OpenAI's own library, read 2026-11).
import { BEARER } from '../definition.ts';
import type { Path, PathFacts, ProviderDefinition } from '../definition.ts';
import { OPENAI } from './openai.ts';

const isV1 = (apiVersion: string | undefined): boolean => apiVersion === undefined || apiVersion === 'v1';

const inDeployment =
  (path: string): Path =>
  ({ model, apiVersion }: PathFacts) =>
    isV1(apiVersion) ? `/openai/v1${path}` : `/openai/deployments/${model}${path}?api-version=${apiVersion}`;

const besideDeployments =
  (path: string): Path =>
  ({ apiVersion }: PathFacts) =>
    isV1(apiVersion) ? `/openai/v1${path}` : `/openai${path}?api-version=${apiVersion}`;

export const AZURE_OPENAI: ProviderDefinition = {
  id: 'azure-openai',
  name: 'Azure OpenAI',
  baseUrl: 'https://{resource}.openai.azure.com',
  baseUrlEnv: ['AZURE_OPENAI_ENDPOINT'],
  resourceEnv: ['AZURE_RESOURCE_NAME'],
  apiVersionEnv: 'OPENAI_API_VERSION',
  credentials: [
    { env: 'AZURE_OPENAI_API_KEY', auth: { kind: 'header', name: 'api-key' } },
    { env: 'AZURE_OPENAI_AD_TOKEN', auth: BEARER },
  ],
  headers: {},
  dialects: [
    { dialect: 'openai-chat', path: inDeployment('/chat/completions') },
    { dialect: 'openai-responses', path: besideDeployments('/responses') },
  ],
  embeddings: { form: 'openai-embeddings', path: inDeployment('/embeddings'), takesTokens: true },
  modelsPath: besideDeployments('/models'),
  quirks: {},
  modelQuirks: OPENAI.modelQuirks ?? [],
  models: [],
};
