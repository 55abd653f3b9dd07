// Stances by community: opposition to the left, support to the right of one line, the undecided left out.
import type { Issue } from '#scenarios/contract';
import type { Figure } from '../contract.ts';
import { communityStands, type CommunityStand } from '../numbers/people.ts';
import type { Source } from '../numbers/source.ts';
import { capitalised } from '../questions/clause.ts';
import { percentText, scaleOf } from './scale.ts';
import { COLOUR, drawing, element, fitted, hatching, WIDTH, words } from './svg.ts';

const ROW = 34;
const TOP = 34;
const MOST_ROWS = 10;
const NAMES = 212;

export function communityFigure(source: Source, issue: Issue): Figure {
  const stands = communityStands(source, issue.index)
    .toSorted((left, right) => right.size - left.size || left.community - right.community)
    .slice(0, MOST_ROWS)
    .toSorted((left, right) => right.support - left.support || left.community - right.community);
  const id = `communities-${issue.index}`;
  const title = `Where communities stand: ${issue.label}`;
  const alt = `Bars by community, share against and in favour at the end: ${stands
    .map((stand) => `${stand.label} ${percentText(stand.oppose)} against, ${percentText(stand.support)} in favour`)
    .join('; ')}.`;
  return {
    id,
    title,
    caption: 'Share of each community at the end of the main run, largest communities only; whoever is missing is undecided.',
    svg: draw(stands, id, title, alt),
    alt,
    data: stands.map(({ label, size, support, oppose, mean }) => ({ community: label, agents: size, support, oppose, mean })),
  };
}

function draw(stands: readonly CommunityStand[], id: string, title: string, alt: string): string {
  const height = TOP + stands.length * ROW + 12;
  const middle = NAMES + (WIDTH - NAMES) / 2;
  const half = (WIDTH - NAMES) / 2 - 48;
  const width = scaleOf([0, 1], [0, half]);
  const hatch = `${id}-hatch`;
  const rows = stands.map((stand, index) => {
    const y = TOP + index * ROW;
    const [against, inFavour] = [width(stand.oppose), width(stand.support)];
    return [
      words(NAMES - 14, y + 12, fitted(capitalised(stand.label), 28), {
        'text-anchor': 'end',
        fill: COLOUR.ink,
        'font-size': 13,
      }),
      words(NAMES - 14, y + 26, `${stand.size} agents`, { 'text-anchor': 'end', 'font-size': 11 }),
      element('rect', { x: middle - against, y: y + 4, width: against, height: 20, fill: COLOUR.oppose, rx: 2 }),
      element('rect', { x: middle - against, y: y + 4, width: against, height: 20, fill: `url(#${hatch})`, rx: 2 }),
      element('rect', { x: middle, y: y + 4, width: inFavour, height: 20, fill: COLOUR.support, rx: 2 }),
      words(middle - against - 7, y + 18, percentText(stand.oppose), { 'text-anchor': 'end', fill: COLOUR.ink }),
      words(middle + inFavour + 7, y + 18, percentText(stand.support), { fill: COLOUR.ink }),
    ].join('');
  });
  return drawing(
    height,
    id,
    title,
    alt,
    hatching(hatch),
    words(middle - 10, 18, 'against', { 'text-anchor': 'end', fill: COLOUR.oppose, 'font-weight': 600 }),
    words(middle + 10, 18, 'in favour', { fill: COLOUR.support, 'font-weight': 600 }),
    ...rows,
    element('line', { x1: middle, x2: middle, y1: TOP - 6, y2: height - 8, stroke: COLOUR.ink, 'stroke-width': 1 }),
  );
}
