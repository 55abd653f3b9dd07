// The gateway's own secrets stay inside, wherever they turn up.
import { describe, expect, it } from 'vitest';
import { ask, codeOf, KEY, MODEL, openGateway } from '../open-gateway.ts';

describe('what leaves the process', () => {
  it('carries no key of ours, even where a document holds it', async () => {
    const { gateway, server } = await openGateway();
    await gateway.languageModel({ model: MODEL }).generate(ask(`Our key is ${KEY}, keep it.`));
    await gateway.languageModel({ model: 'openai/text-embedding-3-small' }).embed([`key ${KEY}`], 'extraction');
    expect(JSON.stringify(server.seen.map(({ body }) => body))).not.toContain(KEY);
    expect(JSON.stringify(server.seen[0]?.body)).toContain('[redacted]');
  });

  it('is redacted for logs by the same list', async () => {
    const { gateway } = await openGateway();
    expect(gateway.redact(`Bearer ${KEY} and ${KEY}`)).toBe('Bearer [redacted] and [redacted]');
    expect(gateway.redact('ordinary prose')).toBe('ordinary prose');
  });

  it('is bounded in size, before anything is sent or held', async () => {
    const { gateway, server } = await openGateway({ config: { limits: { promptBytes: 2000 } } });
    const model = gateway.languageModel({ model: MODEL, runId: 'r' });
    expect(await codeOf(model.generate(ask('ü'.repeat(1500))))).toBe('invalid_input');
    expect(server.seen).toHaveLength(0);
    expect(gateway.requests({ runId: 'r' })).toMatchObject([{ outcome: 'denied', errorCode: 'invalid_input' }]);
  });
});

describe('a configuration that is wrong', () => {
  it('is refused with every problem named', async () => {
    const config = { retries: { attempts: 0 }, colour: 'blue', providers: { embedded: { baseUrl: 'http://127.0.0.1/v1' } } };
    const error = await openGateway({ config: config }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_config' });
    for (const word of ['retries.attempts', 'colour', 'embedded']) expect(String(error)).toContain(word);
  });
});
