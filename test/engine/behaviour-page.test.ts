import { expect, it } from 'vitest';
import { BEHAVIOUR } from '#engine';
import { markdownTable } from '../markdown-table.ts';

it('docs/behaviour.md shows the behaviour table', async () => {
  const table = markdownTable(
    ['name', 'value', 'range', 'unit', 'meaning', 'source'],
    BEHAVIOUR.map(({ name, value, min, max, unit, meaning, source }) => [
      `\`${name}\``,
      String(value),
      `${min} … ${max}`,
      unit,
      meaning,
      source,
    ]),
  );
  const page = `# The behaviour table

Every number that shapes how the crowd behaves; [the model](MODEL.md) shows where each one stands. A scenario overrides them
by name under \`behaviour:\`. "Chosen" in the last column means that nobody measured it.

This page is written from the engine's table by \`npx vitest run test/engine/behaviour-page.test.ts --update\`.

${table}
`;
  await expect(page).toMatchFileSnapshot('../../docs/behaviour.md');
});
