// The checker is worth what it catches: each test plants one fault in a good report.
import { beforeAll, describe, expect, it } from 'vitest';
import { checkReport } from '#reports';
import type { Report, ReportClaim } from '#reports/contract';
import { written, type Written } from './written.ts';

let good: Written;
beforeAll(async () => {
  good = await written();
});

const problems = (report: Report): readonly string[] => checkReport(report, good).map(({ problem }) => problem);

/** The report with one claim changed: the first of its kind that `fits`. */
function plant(
  change: (claim: ReportClaim) => ReportClaim,
  fits: (claim: ReportClaim) => boolean = ({ numbers }) => numbers.length > 0,
): Report {
  let done = false;
  const sections = good.report.sections.map((section) => ({
    ...section,
    claims: section.claims.map((claim) => {
      if (done || !fits(claim)) return claim;
      done = true;
      return change(claim);
    }),
  }));
  expect(done, 'no claim to plant the fault in').toBe(true);
  return { ...good.report, sections };
}

const kind = (wanted: ReportClaim['kind']) => (claim: ReportClaim) => claim.kind === wanted;
/** A finding with numbers, so that a planted figure stands among true ones. */
const finding = (claim: ReportClaim): boolean => claim.kind === 'finding' && claim.numbers.length > 0;

it('finds nothing wrong with a true report', () => {
  expect(problems(good.report)).toEqual([]);
});

describe('false numbers', () => {
  it.each([
    ['a figure in the text alone', (claim: ReportClaim) => ({ ...claim, text: claim.text.replace(/\d+/, '97') })],
    ['one more figure', (claim: ReportClaim) => ({ ...claim, text: `${claim.text} In all 412 people left.` })],
    ['a figure in other digits', (claim: ReportClaim) => ({ ...claim, text: `${claim.text} In all ٤١٢ people left.` })],
    ['a year that nobody asked about', (claim: ReportClaim) => ({ ...claim, text: `${claim.text} It will last until 2031.` })],
    [
      'an amount that only the documents know',
      (claim: ReportClaim) => ({ ...claim, text: `${claim.text} It raises 40 million.` }),
    ],
    ['a true number said twice', (claim: ReportClaim) => ({ ...claim, text: `${claim.text} Again: ${claim.numbers[0]?.text}.` })],
    [
      'a forged value with its text',
      (claim: ReportClaim) => ({
        ...claim,
        text: claim.text.replace(claim.numbers[0]?.text ?? '', '97 %'),
        numbers: claim.numbers.map((number, index) => (index === 0 ? { ...number, value: 0.97, text: '97 %' } : number)),
      }),
    ],
    [
      'a forged value behind a true text',
      (claim: ReportClaim) => ({
        ...claim,
        numbers: claim.numbers.map((number) => ({ ...number, value: number.value + 0.001 })),
      }),
    ],
    [
      'a number of an unknown function',
      (claim: ReportClaim) => ({
        ...claim,
        numbers: claim.numbers.map((number) => ({ ...number, source: { name: 'guess', args: [] } })),
      }),
    ],
    [
      'a number of an inherited name',
      (claim: ReportClaim) => ({
        ...claim,
        numbers: claim.numbers.map((number) => ({ ...number, source: { name: 'constructor', args: [] } })),
      }),
    ],
    [
      'a number from another round',
      (claim: ReportClaim) => ({
        ...claim,
        numbers: claim.numbers.map((number) => ({ ...number, source: { name: 'measure', args: ['support:0', 2] } })),
      }),
    ],
    ['a number that is not in the text', (claim: ReportClaim) => ({ ...claim, text: 'It rose.' })],
  ])('%s', (_, change) => {
    expect(problems(plant(change, finding))).not.toEqual([]);
  });
});

describe('false quotations', () => {
  it.each([
    ['a changed word', (claim: ReportClaim) => ({ ...claim, text: claim.text.replace('toll', 'tax') }), kind('quote')],
    ['a word left out', (claim: ReportClaim) => ({ ...claim, text: claim.text.replace(/“(\S+) /, '“') }), kind('quote')],
    ['a changed document', (claim: ReportClaim) => ({ ...claim, text: claim.text.replace('safe', 'fast') }), kind('seed-fact')],
    [
      'the right words in the wrong mouth',
      (claim: ReportClaim) => ({ ...claim, text: claim.text.replace('Ines Aldana', 'Shopkeepers Union') }),
      (claim: ReportClaim) => claim.text.startsWith('Ines Aldana ('),
    ],
    ['words of nobody', (claim: ReportClaim) => ({ ...claim, text: `${claim.text} “Everybody agrees.”` }), finding],
    [
      'words of nobody in straight quotes',
      (claim: ReportClaim) => ({ ...claim, text: `${claim.text} "Everybody agrees."` }),
      finding,
    ],
    [
      'a quotation without its marks',
      (claim: ReportClaim) => ({ ...claim, text: claim.text.replaceAll(/[“”]/g, '') }),
      kind('quote'),
    ],
  ])('%s', (_, change, fits) => {
    expect(problems(plant(change, fits))).not.toEqual([]);
  });
});

describe('false citations', () => {
  it.each([
    ['an event that never was', { kind: 'event', seq: 999_999 }],
    ['a document that nobody gave', { kind: 'span', span: { document: 'd77', start: 0, end: 5 } }],
    ['a place outside its document', { kind: 'span', span: { document: 'd1', start: 5, end: 99_999 } }],
    ['an empty place', { kind: 'span', span: { document: 'd1', start: 5, end: 5 } }],
    ['a measure without a name', { kind: 'measure', name: 'happiness:0', round: 1 }],
    ['a round that never came', { kind: 'measure', name: 'support:0', round: 400 }],
  ] as const)('%s', (_, citation) => {
    expect(
      problems(plant((claim) => ({ ...claim, citations: [...claim.citations, citation] }))).some((problem) =>
        problem.includes('does not resolve'),
      ),
    ).toBe(true);
  });

  it('a finding that cites nothing', () => {
    expect(problems(plant((claim) => ({ ...claim, citations: [] }), kind('finding')))).toContain('It cites nothing.');
  });

  it('a simulated post dressed as a fact from the documents', () => {
    expect(problems(plant((claim) => ({ ...claim, kind: 'seed-fact' }), kind('quote')))).not.toEqual([]);
  });

  it('a document dressed as a simulated post', () => {
    expect(problems(plant((claim) => ({ ...claim, kind: 'quote' }), kind('seed-fact')))).not.toEqual([]);
  });
});

describe('false frames', () => {
  it('a forged probability', () => {
    const forecasts = good.report.forecasts.map((forecast) => ({
      ...forecast,
      options: forecast.options.map((option) => ({ ...option, probability: 0.999 })),
    }));
    expect(problems({ ...good.report, forecasts })).not.toEqual([]);
  });

  it('a forecast left out', () => {
    expect(problems({ ...good.report, forecasts: [] })).not.toEqual([]);
  });

  it('a retouched figure', () => {
    const sections = good.report.sections.map((section) => ({
      ...section,
      figures: section.figures.map((figure) => ({
        ...figure,
        svg: figure.svg.replace('stroke-width="2.6"', 'stroke-width="9"'),
      })),
    }));
    expect(problems({ ...good.report, sections })).toContain('The figure is not what the record gives.');
  });

  it('retouched evidence, digest or counts', () => {
    const { report } = good;
    expect(problems({ ...report, evidence: report.evidence.map((entry) => ({ ...entry, text: `${entry.text}!` })) })).not.toEqual(
      [],
    );
    expect(problems({ ...report, method: { ...report.method, digest: '0'.repeat(64) } })).not.toEqual([]);
    expect(problems({ ...report, check: { ...report.check, numbers: 7 } })).not.toEqual([]);
  });
});
