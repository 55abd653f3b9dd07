// How fast the local guardrails read: `node test/bench/guardrails.ts`. Prints one table of MB a second by kind, on plain
// prose and on text that is full of numbers.
import { PII_LABELS, piiCheck } from '../../gateway/policy/guardrails/pii/index.ts';
import { PHONE_REGIONS } from '../../gateway/policy/guardrails/pii/phones.ts';
import { bannedTopicsCheck } from '../../gateway/policy/guardrails/banned-topics.ts';
import type { Check } from '../../gateway/policy/guardrails/check.ts';
import { promptInjectionCheck } from '../../gateway/policy/guardrails/prompt-injection/index.ts';
import { regexCheck } from '../../gateway/policy/guardrails/regex.ts';
import { secretsCheck } from '../../gateway/policy/guardrails/secrets/index.ts';

const SECONDS = 0.4;
const PROSE = `The harbour town woke slowly that winter morning; boats knocked against the quay, and somebody carried bread up
the steep lane towards the school. It was said that the council would decide about the bridge before spring, though nobody
who had been there in 1987 believed it. "We have waited long enough," the baker told a visitor, and went on sweeping. `;
const NUMBERS = `Order 4471-2290-1183, 14 March 1987, 12 x 80 x 40 cm, ref AB-123456, 1,299.00 EUR, 10.0.0.1, build 1.2.3.4; `;
const CODE = `const total = items.reduce((sum, item) => sum + item.price * item.count, 0); // see issue 4471\nexport default total;\n`;
const repeated = (text: string): string => text.repeat(Math.ceil(16_384 / text.length));

const pii = piiCheck({ entities: PII_LABELS, phoneRegions: PHONE_REGIONS, minConfidence: 0.5 });
const secrets = secretsCheck({ minConfidence: 0.5 });
const kinds: readonly (readonly [string, readonly Check[]])[] = [
  ['pii', [pii]],
  ['secrets', [secrets]],
  ['pii + secrets', [pii, secrets]],
  ['prompt-injection', [promptInjectionCheck({ threshold: 0.6 })]],
  ['regex (one pattern)', [regexCheck({ patterns: [{ label: 'x', pattern: 'proj-[0-9]+', ignoreCase: true }], reach: 64 })]],
  [
    'banned-topics (words)',
    [
      bannedTopicsCheck(
        { topics: [{ name: 'x', words: ['gambling', 'sports betting'], examples: [] }], similarity: 1 },
        undefined,
      ),
    ],
  ],
];

function megabytesPerSecond(checks: readonly Check[], text: string): number {
  const run = (): void => {
    for (const check of checks) check.check(text, 'user');
  };
  for (let warm = 0; warm < 50; warm++) run();
  const began = performance.now();
  let runs = 0;
  while (performance.now() - began < SECONDS * 1000) {
    run();
    runs += 1;
  }
  return (runs * Buffer.byteLength(text)) / 1000 / (performance.now() - began);
}

console.log('kind                     prose   numbers   code   (MB/s)');
for (const [name, checks] of kinds) {
  const speeds = [PROSE, NUMBERS, CODE].map((text) => megabytesPerSecond(checks, repeated(text)).toFixed(1).padStart(8));
  console.log(`${name.padEnd(22)} ${speeds.join(' ')}`);
}
