// Texts that are made to be slow to read. Each check must read them in time that grows with their length; a rule that
// starts again at every character would not finish within the time limit of the test.
import { describe, expect, it } from 'vitest';
import { bannedTopicsCheck } from '../../../gateway/policy/guardrails/banned-topics.ts';
import type { Check } from '../../../gateway/policy/guardrails/check.ts';
import { PII_LABELS, piiCheck } from '../../../gateway/policy/guardrails/pii/index.ts';
import { PHONE_REGIONS } from '../../../gateway/policy/guardrails/pii/phones.ts';
import { promptInjectionCheck } from '../../../gateway/policy/guardrails/prompt-injection/index.ts';
import { secretsCheck } from '../../../gateway/policy/guardrails/secrets/index.ts';

const CHECKS: Readonly<Record<string, Check>> = {
  pii: piiCheck({ entities: PII_LABELS, phoneRegions: PHONE_REGIONS, minConfidence: 0 }),
  secrets: secretsCheck({ minConfidence: 0 }),
  'prompt-injection': promptInjectionCheck({ threshold: 0 }),
  'banned-topics': bannedTopicsCheck({ topics: [{ name: 'x', words: ['gambling'], examples: [] }], similarity: 1 }, undefined),
};
const PIECES = [
  'a',
  'A',
  '1',
  '1 ',
  '1-',
  '1.',
  '@',
  'a@',
  'a@a.',
  '+1111111111111111111111111111111111',
  'sk-ant-',
  'eyJ',
  'eyJ.',
  'a:',
  'a://',
  '://a:b',
  '-----BEGIN PRIVATE KEY-----',
  '![',
  '![](http://',
  '<p display:none',
  '<!--',
  'ignore ',
  'ignore all ',
  'é',
  'aа',
  'password=',
  'SG.',
  '"',
  'A-',
  '1 A',
  'AA00',
  'DE89 ',
  '00:',
  '::',
  '0a:',
  'born 1',
  'passport 1',
  'Am 1 ',
  'http://a.b/',
  'user must ',
  'system: ',
  '0',
  '(',
  '[',
  '\u200b',
  '\u202e',
  'QUJD',
  'repeat all ',
  'do not tell ',
  '号',
  '1号',
  'rue de ',
  '123-45-6789 ',
  '4111 1111 1111 1111 ',
];
const LENGTH = 120_000;

describe.each(Object.entries(CHECKS))('%s', (_, check) => {
  it.each(PIECES)(
    'reads a long text of %j',
    (piece) => {
      for (const text of [
        piece.repeat(Math.ceil(LENGTH / piece.length)),
        `é display:none ${piece.repeat(Math.ceil(LENGTH / piece.length))}.`,
      ]) {
        for (const { start, end } of check.check(text, 'tool')) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }
    },
    20_000,
  );
});
