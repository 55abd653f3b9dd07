// What the price of tokens does not cover is seen before a call is held for.
import { describe, expect, it } from 'vitest';
import { unpricedService } from '../../../gateway/models/prices/unpriced-service.ts';

describe('services that token prices do not cover', () => {
  it.each([
    [{ service_tier: 'priority' }, 'service_tier'],
    [{ service_tier: 'fast' }, 'service_tier'],
    [{ speed: 'fast' }, 'speed'],
    [{ inference_geo: 'us' }, 'inference_geo'],
    [{ tools: [{ type: 'web_search_preview' }] }, 'tools'],
    [{ tools: [{ type: 'function' }, { type: 'code_interpreter' }] }, 'tools'],
    [{ tools: [{ google_search: {} }] }, 'tools'],
    [{ web_search_options: {} }, 'web_search_options'],
    [{ plugins: [{ id: 'web' }] }, 'plugins'],
    [{ enable_search: true }, 'enable_search'],
  ])('finds %j', (json, field) => {
    expect(unpricedService(json)?.field).toBe(field);
  });

  it.each([
    {},
    { service_tier: 'auto' },
    { service_tier: null, speed: 'standard' },
    { service_tier: 'flex' },
    { tools: [] },
    {
      tools: [
        { type: 'function', function: { name: 'web_search' } },
        { type: 'custom', name: 'a' },
      ],
    },
    {
      tools: [
        { name: 'read', input_schema: {} },
        { type: 'bash_20250124', name: 'bash' },
      ],
    },
    { tools: [{ functionDeclarations: [{ name: 'googleSearch' }] }] },
    { enable_search: false, plugins: [] },
  ])('finds nothing in %j', (json) => {
    expect(unpricedService(json)).toBeUndefined();
  });
});
