// Straight scales, round ticks and the axes that all our figures share.
import { COLOUR, element, words, type Point } from './svg.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Scale = (value: number) => number;

export const scaleOf =
  (from: readonly [number, number], to: readonly [number, number]): Scale =>
  (value) =>
    to[0] + ((value - from[0]) / (from[1] - from[0] || 1)) * (to[1] - to[0]);

/** Round values that cover the range: steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, about: number): readonly number[] {
  const rough = (high - low) / Math.max(about, 1) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough - 1e-12) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** A range of shares that holds all values, ends on round ticks and is never so narrow that noise looks like news. */
export function shareRange(values: readonly number[], least = 0.2): readonly [number, number] {
  const known = values.filter((value) => Number.isFinite(value));
  const low = Math.min(...known);
  const high = Math.max(...known);
  const step = high - low > 0.45 ? 0.2 : 0.1;
  const from = Math.max(0, Math.floor(low / step + 1e-9) * step);
  const to = Math.min(1, Math.ceil(high / step - 1e-9) * step);
  const missing = Math.max(0, least - (to - from));
  const start = Math.max(0, from - (to + missing > 1 ? missing : 0));
  return [tidy(start), tidy(Math.min(1, Math.max(to, start + least)))];
}

const tidy = (value: number): number => Math.round(value * 1000) / 1000;

export const percentText = (value: number): string => `${Math.round(value * 100)} %`;

export function shareAxis(box: Box, y: Scale, range: readonly [number, number]): string {
  return ticks(range[0], range[1], 5)
    .map((tick) => horizontal(box, y(tick), percentText(tick), tick === range[0]))
    .join('');
}

export function countAxis(box: Box, y: Scale, most: number): string {
  return ticks(0, most, 3)
    .map((tick) => horizontal(box, y(tick), String(tick).replaceAll(/\B(?=(\d{3})+$)/g, ','), tick === 0))
    .join('');
}

const horizontal = (box: Box, y: number, label: string, base: boolean): string =>
  element('line', { x1: box.left, x2: box.right, y1: y, y2: y, stroke: base ? COLOUR.muted : COLOUR.rule, 'stroke-width': 1 }) +
  words(box.left - 8, y + 4, label, { 'text-anchor': 'end' });

/** Rounds along the bottom; the state before the first is called "start". */
export function roundAxis(box: Box, x: Scale, last: number, withStart: boolean): string {
  const shown = ticks(0, last, 7).filter((tick) => Number.isInteger(tick) && (!withStart || x(tick) - x(-1) > 44));
  const marks = shown.map((tick) => mark(box, x(tick), String(tick)));
  return [
    ...(withStart ? [mark(box, x(-1), 'start')] : []),
    ...marks,
    words(box.right, box.bottom + 34, 'round', { 'text-anchor': 'end', 'font-style': 'italic' }),
  ].join('');
}

const mark = (box: Box, x: number, label: string): string =>
  element('line', { x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4, stroke: COLOUR.muted }) +
  words(x, box.bottom + 18, label, { 'text-anchor': 'middle' });

/** Vertical hairlines with letters where news came. */
export function newsMarks(box: Box, x: Scale, rounds: readonly number[]): string {
  return rounds
    .map((round, index) => {
      const at = x(round);
      return (
        element('line', {
          x1: at,
          x2: at,
          y1: box.top,
          y2: box.bottom,
          stroke: COLOUR.news,
          'stroke-width': 1.2,
          'stroke-dasharray': '2 3',
        }) + words(at, box.top - 6, `news ${letter(index)}`, { 'text-anchor': 'middle', fill: COLOUR.news, 'font-size': 11 })
      );
    })
    .join('');
}

export const letter = (index: number): string => String.fromCharCode(65 + (index % 26));

export interface EndLabel {
  readonly y: number;
  readonly text: string;
  readonly fill: string;
}

/** Labels at the right end of their lines, moved apart so that none covers another. */
export function endLabels(x: number, labels: readonly EndLabel[], top: number, bottom: number, gap = 15): string {
  const order = labels.toSorted((left, right) => left.y - right.y);
  const placed: number[] = [];
  for (const label of order) placed.push(Math.max(label.y, (placed.at(-1) ?? top - gap) + gap));
  let floor = bottom;
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index] ?? 0, floor);
    floor = (placed[index] ?? 0) - gap;
  }
  return order
    .map((label, index) => words(x, (placed[index] ?? label.y) + 4, label.text, { fill: label.fill, 'font-weight': 600 }))
    .join('');
}

export const pointsOf = (values: readonly number[], x: Scale, y: Scale, from = 0): readonly Point[] =>
  values.flatMap((value, index): readonly Point[] => (Number.isFinite(value) ? [[x(from + index), y(value)]] : []));
