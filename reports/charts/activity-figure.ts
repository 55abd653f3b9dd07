// A small timeline: how much was written in each round, and when news came.
import type { Figure } from '../contract.ts';
import type { Source } from '../numbers/source.ts';
import { countAxis, letter, newsMarks, roundAxis, scaleOf, type Box } from './scale.ts';
import { COLOUR, drawing, element, WIDTH, words } from './svg.ts';

const HEIGHT = 210;
const BOX: Box = { left: 52, right: WIDTH - 20, top: 34, bottom: HEIGHT - 44 };

export function activityFigure(source: Source): Figure {
  const posts = source.series('posts');
  const replies = source.series('replies');
  const totals = posts.map((count, round) => count + (replies[round] ?? 0));
  const interventions = source.record.interventions();
  const id = 'activity';
  const title = 'Posts and replies by round';
  const peak = totals.indexOf(Math.max(...totals));
  const news = interventions.map(({ round, text }, index) => `News ${letter(index)}, round ${round}: ${text}`);
  const alt =
    `Bars of posts and replies in rounds 0 to ${source.last}; the most, ${totals[peak] ?? 0}, in round ${peak}. ${news.join(' ')}`.trim();
  return {
    id,
    title,
    caption:
      news.length === 0
        ? 'Below: posts; above, lighter: replies. No news was injected.'
        : `Below: posts; above, lighter: replies. ${news.join(' ')}`,
    svg: draw(source, id, title, alt, posts, replies, totals),
    alt,
    data: posts.map((count, round) => ({ round, posts: count, replies: replies[round] ?? 0 })),
  };
}

function draw(
  source: Source,
  id: string,
  title: string,
  alt: string,
  posts: readonly number[],
  replies: readonly number[],
  totals: readonly number[],
): string {
  const most = Math.max(4, ...totals) * 1.08;
  const x = scaleOf([-0.5, source.last + 0.5], [BOX.left, BOX.right]);
  const y = scaleOf([0, most], [BOX.bottom, BOX.top]);
  const width = Math.max(0.8, (x(1) - x(0)) * 0.72);
  const bar = (round: number, from: number, to: number, fill: string, opacity: number): string =>
    element('rect', { x: x(round) - width / 2, y: y(to), width, height: y(from) - y(to), fill, 'fill-opacity': opacity });
  return drawing(
    HEIGHT,
    id,
    title,
    alt,
    countAxis(BOX, y, most),
    ...posts.map((count, round) => bar(round, 0, count, COLOUR.accent, 1)),
    ...posts.map((count, round) => bar(round, count, count + (replies[round] ?? 0), COLOUR.accent, 0.4)),
    roundAxis(BOX, x, source.last, false),
    newsMarks(
      BOX,
      x,
      source.record.interventions().map(({ round }) => round),
    ),
    words(0, BOX.top - 18, 'per round', { 'font-size': 11 }),
  );
}
