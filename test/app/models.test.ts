// Models with their prices and the health of targets, over HTTP and on the command line.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayHealthView, ModelsView } from '#api/contract';
import { type RunningServer, shoal, startServer, temporaryHome } from './helpers.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({});
});
afterAll(() => server.close());

describe('GET /api/v1/models', () => {
  it('lists what there is, with price, source, and the variable that is missing', async () => {
    const { status, json } = await server.call('/api/v1/models');
    expect(status).toBe(200);
    const { models } = ModelsView.parse(json);
    expect(models.find((model) => model.id === 'embedded/rules-1')).toMatchObject({ available: true, price: { inputUsd: 0 } });
    const openai = models.filter((model) => model.provider === 'openai');
    expect(openai.length).toBeGreaterThan(0);
    for (const model of openai) expect(model).toMatchObject({ available: false, missing: 'OPENAI_API_KEY' });
    expect(openai[0]?.price).toMatchObject({ source: expect.any(String), date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  });
});

describe('GET /api/v1/gateway/health', () => {
  it('says nothing of what was never tried', async () => {
    const { status, json } = await server.call('/api/v1/gateway/health');
    expect(status).toBe(200);
    expect(GatewayHealthView.parse(json).targets).toEqual([]);
  });
});

describe('shoal models', () => {
  it('lists the same models as the API', async () => {
    const home = temporaryHome();
    const { code, stdout } = await shoal(['models', 'list', '--json', '--home', home.folder], {
      environment: { OPENAI_API_KEY: '' },
    });
    home.remove();
    expect(code).toBe(0);
    const listed = ModelsView.parse(JSON.parse(stdout));
    const { models } = ModelsView.parse((await server.call('/api/v1/models')).json);
    expect(listed.models.map(({ id }) => id)).toEqual(models.map(({ id }) => id));
  });

  it('asks the running server how targets are doing', async () => {
    const { code, stdout } = await shoal(['models', 'health', '--url', server.url]);
    expect(code).toBe(0);
    expect(stdout).toContain('No model was called since the server began.');
  });
});
