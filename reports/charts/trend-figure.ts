// The answer over time: the main run as a line, the ensemble's range as a band, the threshold and the news.
import type { Figure } from '../contract.ts';
import { decidedShare } from '../forecast/votes.ts';
import type { Source } from '../numbers/source.ts';
import type { Lead } from '../sections/lead.ts';
import { bandOf, type Band } from './bands.ts';
import {
  endLabels,
  newsMarks,
  percentText,
  pointsOf,
  roundAxis,
  scaleOf,
  shareAxis,
  shareRange,
  type Box,
  type EndLabel,
} from './scale.ts';
import { area, COLOUR, DASHES, drawing, element, fitted, HUES, path, WIDTH } from './svg.ts';

const HEIGHT = 330;
const BOX: Box = { left: 52, right: WIDTH - 150, top: 28, bottom: HEIGHT - 44 };

interface Line {
  readonly label: string;
  /** From the start (index 0) to the last round. */
  readonly values: readonly number[];
}

export function trendFigure(source: Source, lead: Lead): Figure {
  const { question, issue } = lead;
  const binary = question.kind === 'binary';
  const lines = binary ? [decidedLine(source, issue.index)] : optionLines(source, lead);
  const band = bandOf(source.members, source.last + 1, (measures) =>
    binary ? decidedShare(issue.index, measures) : (measures[`leading:${issue.index}`] ?? 0),
  );
  const threshold = binary ? question.threshold : undefined;
  const title = binary ? `Support among the decided: ${issue.label}` : 'Which option agents put first';
  const id = `trend-${question.index}`;
  const first = lines[0];
  const from = first?.values[0] ?? 0;
  const to = first?.values.at(-1) ?? 0;
  const alt = `Line chart over rounds 0 to ${source.last}. ${first?.label ?? ''}: ${percentText(from)} at the start, ${percentText(to)} at the end of the main run.`;
  return {
    id,
    title,
    caption: `Main run${band === undefined ? '' : ` (line) and range of all ${source.members.length} members (band): spread of the simulation, not yet calibrated`}.`,
    svg: draw(source, id, title, alt, lines, band, threshold),
    alt,
    data: Array.from({ length: source.last + 2 }, (_, index) => ({
      round: index - 1,
      ...Object.fromEntries(lines.map((line) => [line.label, line.values[index] ?? 0])),
      ...(band === undefined || index === 0 ? {} : { low: band.low[index - 1] ?? 0, high: band.high[index - 1] ?? 0 }),
    })),
  };
}

function decidedLine(source: Source, issue: number): Line {
  const [support, oppose] = [source.series(`support:${issue}`), source.series(`oppose:${issue}`)];
  const share = (yes: number, no: number): number => decidedShare(issue, { [`support:${issue}`]: yes, [`oppose:${issue}`]: no });
  const start = share(source.start[`support:${issue}`] ?? 0, source.start[`oppose:${issue}`] ?? 0);
  return { label: 'in favour', values: [start, ...support.map((value, round) => share(value, oppose[round] ?? 0))] };
}

/** The answer first, then the others as they ended. */
function optionLines(source: Source, { question, option }: Lead): readonly Line[] {
  return question.issues
    .map((issue, position) => ({
      position,
      label: source.record.framing.issues[issue]?.label ?? question.options[position] ?? '',
      values: [source.start[`leading:${issue}`] ?? 0, ...source.series(`leading:${issue}`)],
    }))
    .toSorted(
      (left, right) =>
        Number(right.position === option) - Number(left.position === option) ||
        (right.values.at(-1) ?? 0) - (left.values.at(-1) ?? 0),
    );
}

function draw(
  source: Source,
  id: string,
  title: string,
  alt: string,
  lines: readonly Line[],
  band: Band | undefined,
  threshold: number | undefined,
): string {
  const all = [
    ...lines.flatMap((line) => line.values),
    ...(band?.low ?? []),
    ...(band?.high ?? []),
    ...(threshold === undefined ? [] : [threshold]),
  ];
  const range = shareRange(all);
  const x = scaleOf([-1, source.last], [BOX.left + 10, BOX.right]);
  const y = scaleOf(range, [BOX.bottom, BOX.top]);
  const strokes = lines.map((line, index) =>
    element('path', {
      d: path(pointsOf(line.values, x, y, -1)),
      fill: 'none',
      stroke: HUES[index % HUES.length],
      'stroke-width': index === 0 ? 2.6 : 1.7,
      'stroke-dasharray': DASHES[index % DASHES.length],
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    }),
  );
  const labels: readonly EndLabel[] = lines.map((line, index) => ({
    y: y(line.values.at(-1) ?? 0),
    text: `${fitted(line.label, 15)} ${percentText(line.values.at(-1) ?? 0)}`,
    fill: HUES[index % HUES.length] ?? COLOUR.ink,
  }));
  return drawing(
    HEIGHT,
    id,
    title,
    alt,
    shareAxis(BOX, y, range),
    roundAxis(BOX, x, source.last, true),
    newsMarks(
      BOX,
      x,
      source.record.interventions().map(({ round }) => round),
    ),
    ...(band === undefined
      ? []
      : [
          element('path', {
            d: area(pointsOf(band.high, x, y), pointsOf(band.low, x, y)),
            fill: HUES[0],
            'fill-opacity': 0.16,
            stroke: HUES[0],
            'stroke-opacity': 0.35,
            'stroke-width': 0.8,
          }),
        ]),
    ...(threshold === undefined ? [] : [thresholdLine(y(threshold))]),
    ...strokes.toReversed(),
    endLabels(
      BOX.right + 10,
      threshold === undefined ? labels : [...labels, thresholdLabel(y(threshold), threshold)],
      BOX.top + 6,
      BOX.bottom,
    ),
  );
}

const thresholdLine = (y: number): string =>
  element('line', {
    x1: BOX.left,
    x2: BOX.right,
    y1: y,
    y2: y,
    stroke: COLOUR.ink,
    'stroke-width': 1,
    'stroke-dasharray': '6 4',
  });

const thresholdLabel = (y: number, threshold: number): EndLabel => ({
  y,
  text: `threshold ${percentText(threshold)}`,
  fill: COLOUR.ink,
});
