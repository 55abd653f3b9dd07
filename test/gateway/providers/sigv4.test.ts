// AWS Signature Version 4 against the vectors that AWS publishes (its SigV4 test suite, key AKIDEXAMPLE).
import { describe, expect, it } from 'vitest';
import { signAws } from '../../../gateway/models/providers/sigv4.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const scope = { region: 'us-east-1', service: 'service', at: new Date('2015-08-30T12:36:00Z') };
const HOST = 'https://example.amazonaws.com';
const CREDENTIAL = 'Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signed: string;
  readonly signature: string;
}

const VECTORS: readonly Vector[] = [
  {
    name: 'get-vanilla',
    method: 'GET',
    url: '/',
    signed: 'host;x-amz-date',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    method: 'GET',
    url: '/?Param2=value2&Param1=value1',
    signed: 'host;x-amz-date',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'get-header-value-trim',
    method: 'GET',
    url: '/',
    headers: { 'My-Header1': ' value1 ', 'My-Header2': ' "a   b   c" ' },
    signed: 'host;my-header1;my-header2;x-amz-date',
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    url: '/',
    signed: 'host;x-amz-date',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-header-value-case',
    method: 'POST',
    url: '/',
    headers: { 'My-Header1': 'VALUE1' },
    signed: 'host;my-header1;x-amz-date',
    signature: 'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    url: '/',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'Param1=value1',
    signed: 'content-type;host;x-amz-date',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
  {
    name: 'post-x-www-form-urlencoded-parameters',
    method: 'POST',
    url: '/',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf8' },
    body: 'Param1=value1',
    signed: 'content-type;host;x-amz-date',
    signature: '1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe',
  },
];

function signature(body: string | Uint8Array): string | undefined {
  return signAws({ method: 'POST', url: HOST, headers: {}, body }, credentials, scope)['authorization'];
}

describe('signing as AWS does', () => {
  it.each(VECTORS)('$name', ({ method, url, headers = {}, body = '', signed, signature }) => {
    expect(signAws({ method, url: HOST + url, headers, body }, credentials, scope)).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization: `AWS4-HMAC-SHA256 ${CREDENTIAL}, SignedHeaders=${signed}, Signature=${signature}`,
    });
  });

  it('signs and sends the token of a session', () => {
    const added = signAws({ method: 'GET', url: HOST, headers: {}, body: '' }, { ...credentials, sessionToken: 'TOKEN' }, scope);
    expect(added['x-amz-security-token']).toBe('TOKEN');
    expect(added['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,');
  });

  it('signs bytes and text alike, and another signature for every other body', () => {
    expect(signature(Buffer.from('{"a":"é"}'))).toBe(signature('{"a":"é"}'));
    expect(signature('{"a":"e"}')).not.toBe(signature('{"a":"é"}'));
  });
});
