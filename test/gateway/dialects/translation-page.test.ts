// docs/translation.md is written from the table of features, so that it cannot say anything else.
import { expect, it } from 'vitest';
import { DIALECT_IDS } from '../../../gateway/models/dialects/dialect.ts';
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import { FEATURES } from './feature-requests.ts';
import type { Feature } from './feature-requests.ts';

const NAMES: Readonly<Record<DialectId, string>> = {
  'openai-chat': 'OpenAI chat',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic',
  gemini: 'Gemini',
  'bedrock-converse': 'Bedrock',
};

function cell({ but }: Feature, api: DialectId): string {
  const outcome = but?.[api];
  if (outcome === undefined) return 'yes';
  if ('refused' in outcome) return 'refused';
  return 'dropped' in outcome ? `left out: \`${outcome.dropped}\`` : 'in other words';
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

it('docs/translation.md is the table of features', async () => {
  const page = [
    '# What is translated',
    '',
    'What a client asks in the words of one API, and whether a provider of another is asked it too: **yes**, in that',
    'API’s own words; **in other words**, where it has none of its own; **left out**, and named in `x-shoal-dropped`;',
    '**refused** with a 400 that says why, where an answer could not be what was asked for. Where client and provider speak',
    'the same API, the bytes are passed on and this does not apply. Some models of an API take less than it has words for;',
    'what such a model would refuse is left out and named as well.',
    '',
    'This page is written by `npx vitest run test/gateway/dialects/translation-page.test.ts --update`; each cell is tested',
    'from every API that can ask for it.',
    '',
    row(['asked', ...DIALECT_IDS.map((api) => NAMES[api])]),
    row(['---', ...DIALECT_IDS.map(() => '---')]),
    ...FEATURES.map((feature) => row([feature.name, ...DIALECT_IDS.map((api) => cell(feature, api))])),
    '',
  ].join('\n');
  await expect(formatted(page)).toMatchFileSnapshot('../../../docs/translation.md');
});

/** With the columns of its table as wide as their widest cell, as the formatter has them. */
function formatted(page: string): string {
  const lines = page.split('\n');
  const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.slice(2, -2).split(' | '));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => {
      if (!line.startsWith('|')) return line;
      const padded = line
        .slice(2, -2)
        .split(' | ')
        .map((text, column) => text.padEnd(widths[column] ?? 0, text === '---' ? '-' : ' '));
      return row(padded);
    })
    .join('\n');
}
