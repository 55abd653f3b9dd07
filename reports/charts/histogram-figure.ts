// Where opinions ended: twenty bins from rejection to agreement, the undecided band in the middle.
import type { Issue } from '#scenarios/contract';
import type { Figure } from '../contract.ts';
import { opinionHistogram } from '../numbers/people.ts';
import type { Source } from '../numbers/source.ts';
import { percentText, scaleOf, shareAxis, type Box } from './scale.ts';
import { COLOUR, drawing, element, WIDTH, words } from './svg.ts';

const HEIGHT = 250;
const BOX: Box = { left: 52, right: WIDTH - 20, top: 16, bottom: HEIGHT - 52 };

export function histogramFigure(source: Source, issue: Issue): Figure {
  const bins = opinionHistogram(source, issue.index);
  const id = `histogram-${issue.index}`;
  const title = `Final opinions: ${issue.label}`;
  const peak = bins.indexOf(Math.max(...bins));
  const alt = `Histogram of opinions at the end, from minus one (rejects) to plus one (agrees). The fullest bin begins at ${edge(peak)} and holds ${percentText(bins[peak] ?? 0)} of agents.`;
  return {
    id,
    title,
    caption: 'Share of agents by opinion at the end of the main run; the two middle bins are the undecided.',
    svg: draw(bins, id, title, alt),
    alt,
    data: bins.map((share, index) => ({ from: edge(index), to: edge(index + 1), share })),
  };
}

const edge = (bin: number): number => Math.round((bin - 10) * 10) / 100;

function draw(bins: readonly number[], id: string, title: string, alt: string): string {
  const most = Math.max(0.05, Math.ceil(Math.max(...bins) * 20) / 20);
  const x = scaleOf([0, 20], [BOX.left, BOX.right]);
  const y = scaleOf([0, most], [BOX.bottom, BOX.top]);
  const bars = bins.map((share, index) => {
    const colour = index < 9 ? COLOUR.oppose : index > 10 ? COLOUR.support : COLOUR.undecided;
    return element('rect', {
      x: x(index) + 1.5,
      y: y(share),
      width: x(1) - x(0) - 3,
      height: BOX.bottom - y(share),
      fill: colour,
      rx: 1.5,
    });
  });
  const tick = (value: number, text: string, anchor = 'middle'): string =>
    words(x(value), BOX.bottom + 18, text, { 'text-anchor': anchor });
  const name = (value: number, text: string, fill: string, anchor: string): string =>
    words(x(value), BOX.bottom + 38, text, { 'text-anchor': anchor, fill, 'font-weight': 600 });
  return drawing(
    HEIGHT,
    id,
    title,
    alt,
    shareAxis(BOX, y, [0, most]),
    ...bars,
    tick(0, '−1', 'start'),
    tick(5, '−0.5'),
    tick(10, '0'),
    tick(15, '+0.5'),
    tick(20, '+1', 'end'),
    name(0, '← rejects', COLOUR.oppose, 'start'),
    name(10, 'undecided', COLOUR.muted, 'middle'),
    name(20, 'agrees →', COLOUR.support, 'end'),
  );
}
