// How much the rules catch, measured on labelled lines. The tables of docs/guardrails.md are written here:
// `npx vitest run test/gateway/guardrails/measured.test.ts --update`.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PII_LABELS, piiCheck } from '../../../gateway/policy/guardrails/pii/index.ts';
import { PHONE_REGIONS } from '../../../gateway/policy/guardrails/pii/phones.ts';
import { promptInjectionCheck } from '../../../gateway/policy/guardrails/prompt-injection/index.ts';
import { secretsCheck } from '../../../gateway/policy/guardrails/secrets/index.ts';
import { markdownTable } from '../../markdown-table.ts';
import { markedLines, scoreOfLines, scoreOfMarks, signedLines } from './labelled.ts';
import type { Labelled, Score } from './labelled.ts';

const pii = piiCheck({ entities: PII_LABELS, phoneRegions: PHONE_REGIONS, minConfidence: 0.5 });
const secrets = secretsCheck({ minConfidence: 0.5 });
const injection = promptInjectionCheck({ threshold: 0.6 });
const piiLines = markedLines('pii.txt');
const secretLines = markedLines('secrets.txt');
const injectionLines = signedLines('prompt-injection.txt');
const PAGE = '../../../docs/guardrails.md';

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(2));
function rowOf(name: string, { right, wrong, missed }: Score, negatives: number): readonly string[] {
  const f1 = share(2 * right, 2 * right + wrong + missed);
  return [
    name,
    String(right + missed),
    String(negatives),
    share(right, right + wrong),
    share(right, right + missed),
    f1,
    String(wrong),
  ];
}
const HEAD = ['what', 'to find', 'lines without', 'precision', 'recall', 'F1', 'wrongly found'];
const withoutMarks = (lines: readonly { positive: boolean }[]): number => lines.filter((line) => !line.positive).length;

function ownTable(): string {
  const halves = [
    ['evaluation half', true],
    ['both halves', undefined],
  ] as const;
  return markdownTable(
    HEAD,
    halves.flatMap(([half, evaluation]) => {
      const of = <L extends { evaluation: boolean }>(lines: readonly L[]) =>
        evaluation === undefined ? lines : lines.filter((line) => line.evaluation === evaluation);
      return [
        rowOf(`\`pii\`, ${half}`, scoreOfMarks(pii, of(piiLines)), withoutMarks(of(piiLines))),
        rowOf(`\`secrets\`, ${half}`, scoreOfMarks(secrets, of(secretLines)), withoutMarks(of(secretLines))),
        rowOf(`\`prompt-injection\`, ${half}`, scoreOfLines(injection, of(injectionLines)), withoutMarks(of(injectionLines))),
      ];
    }),
  );
}

function entityTable(): string {
  return markdownTable(
    HEAD,
    PII_LABELS.map((label) => rowOf(`\`${label}\``, scoreOfMarks(pii, piiLines, label), withoutMarks(piiLines))),
  );
}

function publicTable(): string {
  const sets = [
    ['read while the rules were written', signedLines('deepset-subset.txt')],
    ['added after the last change to them', signedLines('deepset-unseen.txt')],
  ] as const;
  return markdownTable(
    HEAD,
    sets.map(([name, lines]) => rowOf(`\`prompt-injection\`, ${name}`, scoreOfLines(injection, lines), withoutMarks(lines))),
  );
}

/** The page with each table between its marks replaced. */
function renderPage(): string {
  const tables: Readonly<Record<string, string>> = { own: ownTable(), entities: entityTable(), public: publicTable() };
  const page = readFileSync(new URL(PAGE, import.meta.url), 'utf8');
  return page.replaceAll(
    /(<!-- table: (\w+) -->\n\n)[\s\S]*?(\n\n<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}${tables[name]}${end}`,
  );
}

const f1 = ({ right, wrong, missed }: Score): number => (2 * right) / (2 * right + wrong + missed);
const half = (lines: readonly Labelled[]): readonly Labelled[] => lines.filter((line) => line.evaluation);

describe('what the rules catch', () => {
  it('is what docs/guardrails.md shows', async () => {
    await expect(renderPage()).toMatchFileSnapshot(PAGE);
  });

  it('is measured on enough lines', () => {
    const lines = [...piiLines, ...secretLines, ...injectionLines];
    expect(lines.filter((line) => line.positive).length).toBeGreaterThanOrEqual(150);
    expect(lines.filter((line) => !line.positive).length).toBeGreaterThanOrEqual(150);
  });

  it('does not fall on the evaluation half', () => {
    expect(f1(scoreOfMarks(pii, half(piiLines)))).toBeGreaterThanOrEqual(0.95);
    expect(f1(scoreOfMarks(secrets, half(secretLines)))).toBeGreaterThanOrEqual(0.95);
    expect(f1(scoreOfLines(injection, half(injectionLines)))).toBeGreaterThanOrEqual(0.9);
  });
});
