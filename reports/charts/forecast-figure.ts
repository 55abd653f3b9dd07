// The answer at a glance: every member's end as a dot, their range, the main run, and where it all began.
import type { Figure } from '../contract.ts';
import { decidedShare, finalMeasures } from '../forecast/votes.ts';
import type { Source } from '../numbers/source.ts';
import { endOf } from '../numbers/table.ts';
import type { Lead } from '../sections/lead.ts';
import { percentText, scaleOf, shareRange, ticks, type Scale } from './scale.ts';
import { COLOUR, drawing, element, fitted, WIDTH, words } from './svg.ts';

const ROW = 40;
const TOP = 16;
const NAMES = 196;
const RIGHT = WIDTH - 30;

interface Row {
  readonly label: string;
  readonly members: readonly number[];
  readonly main: number;
  readonly start: number;
}

export function forecastFigure(source: Source, lead: Lead): Figure {
  const { question, issue } = lead;
  const binary = question.kind === 'binary';
  const rows = binary ? [decidedRow(source, issue.index)] : optionRows(source, lead);
  const id = `forecast-${question.index}`;
  const title = binary ? 'Support among the decided at the end' : 'Share of agents that put each option first at the end';
  const alt = rows
    .map(
      (row) =>
        `${row.label}: main run ${percentText(row.main)}, members ${percentText(Math.min(...row.members))} to ${percentText(Math.max(...row.members))}, start ${percentText(row.start)}.`,
    )
    .join(' ');
  return {
    id,
    title,
    caption: `Ring: main run. Dots: each of ${source.members.length} members, with their range. Bar: the start, before any interaction.${binary ? ' Dashed: the threshold.' : ''}`,
    svg: draw(rows, id, title, alt, binary ? question.threshold : undefined),
    alt,
    data: rows.map((row) => ({
      option: row.label,
      main: row.main,
      low: Math.min(...row.members),
      high: Math.max(...row.members),
      start: row.start,
    })),
  };
}

function decidedRow(source: Source, issue: number): Row {
  const share = (measures: Readonly<Record<string, number>>): number => decidedShare(issue, measures);
  return {
    label: 'in favour, of the decided',
    members: source.members.map((member) => share(finalMeasures(member))),
    main: share(endOf(source)),
    start: share(source.start),
  };
}

function optionRows(source: Source, { question }: Lead): readonly Row[] {
  return question.issues
    .map((issue, position) => {
      const name = `leading:${issue}`;
      return {
        label: source.record.framing.issues[issue]?.label ?? question.options[position] ?? '',
        members: source.members.map((member) => finalMeasures(member)[name] ?? 0),
        main: endOf(source)[name] ?? 0,
        start: source.start[name] ?? 0,
      };
    })
    .toSorted((left, right) => right.main - left.main);
}

function draw(rows: readonly Row[], id: string, title: string, alt: string, threshold: number | undefined): string {
  const height = TOP + rows.length * ROW + 34;
  const bottom = TOP + rows.length * ROW;
  const range = shareRange([
    ...rows.flatMap((row) => [...row.members, row.main, row.start]),
    ...(threshold === undefined ? [] : [threshold]),
  ]);
  const x = scaleOf(range, [NAMES, RIGHT]);
  const axis = ticks(range[0], range[1], 6).map(
    (tick) =>
      element('line', { x1: x(tick), x2: x(tick), y1: TOP - 4, y2: bottom, stroke: COLOUR.rule }) +
      words(x(tick), bottom + 18, percentText(tick), { 'text-anchor': 'middle' }),
  );
  const limit =
    threshold === undefined
      ? ''
      : element('line', {
          x1: x(threshold),
          x2: x(threshold),
          y1: TOP - 8,
          y2: bottom,
          stroke: COLOUR.ink,
          'stroke-dasharray': '5 4',
          'stroke-width': 1.2,
        });
  return drawing(
    height,
    id,
    title,
    alt,
    ...axis,
    limit,
    ...rows.map((row, index) => drawRow(row, TOP + index * ROW + ROW / 2, x)),
  );
}

function drawRow(row: Row, y: number, x: Scale): string {
  const [low, high] = [Math.min(...row.members), Math.max(...row.members)];
  return [
    words(NAMES - 18, y + 4, fitted(row.label, 26), { 'text-anchor': 'end', fill: COLOUR.ink, 'font-size': 13 }),
    element('line', {
      x1: x(low),
      x2: x(high),
      y1: y,
      y2: y,
      stroke: COLOUR.accent,
      'stroke-width': 7,
      'stroke-opacity': 0.22,
      'stroke-linecap': 'round',
    }),
    element('line', { x1: x(row.start), x2: x(row.start), y1: y - 9, y2: y + 9, stroke: COLOUR.muted, 'stroke-width': 2.4 }),
    ...row.members.map((value) => element('circle', { cx: x(value), cy: y, r: 3, fill: COLOUR.accent, 'fill-opacity': 0.55 })),
    element('circle', { cx: x(row.main), cy: y, r: 6.5, fill: COLOUR.paper, stroke: COLOUR.accent, 'stroke-width': 2.6 }),
  ].join('');
}
