// Canvas and WebGL cannot read CSS variables: this asks the browser what a token is in the scheme in use.

/** `rgb(…)` of a colour token such as `--sea`. */
export function tokenColour(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** `#rrggbb` for WebGL, which knows no other notation. */
export function tokenHex(token: string): string {
  const parts = tokenColour(token).match(/\d+/g) ?? [];
  return `#${parts
    .slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;
}

const KINDS = new Set(['person', 'organisation', 'media', 'institution', 'place', 'product', 'event', 'law']);
/** Colour token of an entity or actor type. */
export const kindToken = (type: string): string => `--kind-${KINDS.has(type) ? type : 'other'}`;

/** Eight lines on a chart, in a fixed order: first the opinion pair, then what stays apart from it. */
export const SERIES_TOKENS = [
  '--support',
  '--oppose',
  '--kind-organisation',
  '--kind-institution',
  '--kind-law',
  '--kind-media',
  '--kind-place',
  '--kind-event',
] as const;
