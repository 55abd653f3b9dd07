// Everybody at every round: supporting, undecided, opposing, stacked to the whole population.
import type { Issue } from '#scenarios/contract';
import type { Figure } from '../contract.ts';
import type { Source } from '../numbers/source.ts';
import { endLabels, newsMarks, percentText, pointsOf, roundAxis, scaleOf, shareAxis, type Box } from './scale.ts';
import { area, COLOUR, drawing, element, hatching, path, type Point, WIDTH } from './svg.ts';

const HEIGHT = 290;
const BOX: Box = { left: 52, right: WIDTH - 150, top: 28, bottom: HEIGHT - 44 };

export function stackFigure(source: Source, issue: Issue): Figure {
  const values = (name: string): readonly number[] => [
    source.start[`${name}:${issue.index}`] ?? 0,
    ...source.series(`${name}:${issue.index}`),
  ];
  const [support, undecided, oppose] = [values('support'), values('undecided'), values('oppose')];
  const id = `stack-${issue.index}`;
  const title = `Support, indecision and opposition: ${issue.label}`;
  const alt = `Stacked areas from the start to round ${source.last}. Support ${fromTo(support)}, undecided ${fromTo(undecided)}, opposition ${fromTo(oppose)}.`;
  return {
    id,
    title,
    caption: `Share of all agents in the main run. The proposition: “${issue.proposition}”.`,
    svg: draw(source, id, title, alt, support, undecided),
    alt,
    data: support.map((value, index) => ({
      round: index - 1,
      support: value,
      undecided: undecided[index] ?? 0,
      oppose: oppose[index] ?? 0,
    })),
  };
}

const fromTo = (series: readonly number[]): string => `${percentText(series[0] ?? 0)} to ${percentText(series.at(-1) ?? 0)}`;
const layer = (d: string, fill: string, opacity: number): string => element('path', { d, fill, 'fill-opacity': opacity });
const edge = (points: readonly Point[]): string =>
  element('path', { d: path(points), fill: 'none', stroke: COLOUR.paper, 'stroke-width': 1.6 });

function draw(
  source: Source,
  id: string,
  title: string,
  alt: string,
  support: readonly number[],
  undecided: readonly number[],
): string {
  const x = scaleOf([-1, source.last], [BOX.left, BOX.right]);
  const y = scaleOf([0, 1], [BOX.bottom, BOX.top]);
  const upper = support.map((value, index) => value + (undecided[index] ?? 0));
  const flat = (value: number) =>
    pointsOf(
      support.map(() => value),
      x,
      y,
      -1,
    );
  const lowerEdge = pointsOf(support, x, y, -1);
  const upperEdge = pointsOf(upper, x, y, -1);
  const [s, u] = [support.at(-1) ?? 0, upper.at(-1) ?? 0];
  const hatch = `${id}-hatch`;
  return drawing(
    HEIGHT,
    id,
    title,
    alt,
    hatching(hatch),
    shareAxis(BOX, y, [0, 1]),
    layer(area(lowerEdge, flat(0)), COLOUR.support, 0.92),
    layer(area(upperEdge, lowerEdge), COLOUR.undecided, 0.55),
    layer(area(flat(1), upperEdge), COLOUR.oppose, 0.9),
    layer(area(flat(1), upperEdge), `url(#${hatch})`, 1),
    edge(lowerEdge),
    edge(upperEdge),
    roundAxis(BOX, x, source.last, true),
    newsMarks(
      BOX,
      x,
      source.record.interventions().map(({ round }) => round),
    ),
    endLabels(
      BOX.right + 10,
      [
        { y: y(s / 2), text: `in favour ${percentText(s)}`, fill: COLOUR.support },
        { y: y((s + u) / 2), text: `undecided ${percentText(u - s)}`, fill: COLOUR.muted },
        { y: y((1 + u) / 2), text: `against ${percentText(1 - u)}`, fill: COLOUR.oppose },
      ],
      BOX.top + 6,
      BOX.bottom,
    ),
  );
}
