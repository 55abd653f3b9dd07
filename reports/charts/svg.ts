// SVG as strings: one constructor that escapes everything, and the few shapes that our figures are made of.
// Pure and deterministic: coordinates are rounded to a tenth, so the same data give the same bytes.

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Colours follow the page (light, dark, print) by variables and fall back to ink on paper. */
export const COLOUR = {
  ink: 'var(--figure-ink, #1c2430)',
  muted: 'var(--figure-muted, #5c6672)',
  rule: 'var(--figure-rule, #dfe3e8)',
  paper: 'var(--figure-paper, #ffffff)',
  support: 'var(--figure-support, #17618f)',
  oppose: 'var(--figure-oppose, #b8502b)',
  undecided: 'var(--figure-undecided, #b9c0c9)',
  accent: 'var(--figure-accent, #17618f)',
  news: 'var(--figure-news, #8a5a00)',
} as const;

/** Told apart without colour. */
export const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 2', '12 4', '1 4', '6 2 1 2 1 2'] as const;
export const HUES = [
  'var(--figure-series-a, #17618f)',
  'var(--figure-series-b, #b8502b)',
  'var(--figure-series-c, #3f7d4e)',
  'var(--figure-series-d, #7a4f9a)',
  'var(--figure-series-e, #8a6a00)',
  'var(--figure-series-f, #5c6672)',
  'var(--figure-series-g, #a03a64)',
  'var(--figure-series-h, #2f7f86)',
] as const;

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Control characters have no place in XML. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ' ');

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => ` ${key}="${escapeXml(printable(typeof value === 'number' ? round(value) : (value ?? '')))}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export const words = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', { x, y, fill: COLOUR.muted, 'font-size': 12, ...attributes }, escapeXml(printable(text)));

const round = (value: number): string => (Math.round(value * 10) / 10).toString();

export type Point = readonly [x: number, y: number];

export const path = (points: readonly Point[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

/** The closed area between an upper and a lower edge. */
export const area = (upper: readonly Point[], lower: readonly Point[]): string => `${path([...upper, ...lower.toReversed()])}Z`;

export const WIDTH = 720;

export function drawing(height: number, id: string, title: string, alt: string, ...children: readonly string[]): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      'font-family': "ui-sans-serif, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
    },
    element('title', { id: `${id}-title` }, escapeXml(printable(title))),
    element('desc', { id: `${id}-description` }, escapeXml(printable(alt))),
    ...children,
  );
}

/** Cuts a label to a width given in characters. */
export const fitted = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, characters - 1).trimEnd()}…`;

/** Slanted lines laid over a colour, so that two areas differ in black and white too; fill with `url(#id)`. */
export const hatching = (id: string): string =>
  element(
    'defs',
    {},
    element(
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      element('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: COLOUR.paper, 'stroke-width': 1.4, 'stroke-opacity': 0.6 }),
    ),
  );
