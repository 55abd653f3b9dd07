// Reliability: how often what was forecast with a probability came true. On the diagonal, forecasts mean what they say;
// a bin outside its bar is off by more than chance makes it.
import type { Figure, ReliabilityBin } from '../contract.ts';
import { percentText, scaleOf, shareAxis, type Box } from './scale.ts';
import { COLOUR, drawing, element, path, WIDTH, words } from './svg.ts';

const HEIGHT = 420;
const BOX: Box = { left: 60, right: WIDTH - 320, top: 36, bottom: HEIGHT - 60 };

export function reliabilityFigure(bins: readonly ReliabilityBin[]): Figure {
  const id = 'reliability';
  const title = 'Reliability of the sealed forecasts';
  const off = bins.filter(({ observed, low, high }) => observed < low || observed > high).length;
  const alt = `Observed frequency over forecast probability in ${bins.length} bins; ${off} of them lie outside their 90 % consistency bars. ${bins
    .map(
      ({ forecasts, forecast, observed }) =>
        `${percentText(forecast)} forecast, ${percentText(observed)} observed (${forecasts})`,
    )
    .join('; ')}.`;
  return {
    id,
    title,
    caption: 'Bars: where nine of ten bins would lie were the forecasts right. Numbers: forecasts in the bin.',
    svg: draw(bins, id, title, alt),
    alt,
    data: bins.map((bin) => ({ ...bin })),
  };
}

function draw(bins: readonly ReliabilityBin[], id: string, title: string, alt: string): string {
  const x = scaleOf([0, 1], [BOX.left, BOX.right]);
  const y = scaleOf([0, 1], [BOX.bottom, BOX.top]);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((tick) =>
    words(x(tick), BOX.bottom + 20, percentText(tick), { 'text-anchor': 'middle' }),
  );
  const marks = bins.flatMap((bin) => [
    element('line', {
      x1: x(bin.forecast),
      x2: x(bin.forecast),
      y1: y(bin.low),
      y2: y(bin.high),
      stroke: COLOUR.undecided,
      'stroke-width': 7,
    }),
    element('circle', { cx: x(bin.forecast), cy: y(bin.observed), r: 4.5, fill: COLOUR.accent }),
    words(x(bin.forecast) + 8, y(bin.observed) + 4, String(bin.forecasts), { 'font-size': 11 }),
  ]);
  return drawing(
    HEIGHT,
    id,
    title,
    alt,
    shareAxis(BOX, y, [0, 1]),
    ...ticks,
    element('path', {
      d: path([
        [x(0), y(0)],
        [x(1), y(1)],
      ]),
      stroke: COLOUR.muted,
      'stroke-dasharray': '5 4',
      fill: 'none',
    }),
    ...marks,
    words(BOX.right, BOX.bottom + 42, 'forecast probability', { 'text-anchor': 'end', 'font-style': 'italic' }),
    words(BOX.left - 40, BOX.top - 18, 'came true', { 'font-style': 'italic' }),
  );
}
