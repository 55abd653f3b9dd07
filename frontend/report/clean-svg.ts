// Turns a figure's SVG text into a drawing that can do nothing but be seen: only shapes and text, only
// attributes that place and paint them. Labels in it come from documents, so it is not trusted.
const ELEMENTS = new Set([
  'svg',
  'g',
  'path',
  'line',
  'polyline',
  'polygon',
  'rect',
  'circle',
  'ellipse',
  'text',
  'tspan',
  'title',
  'desc',
  'defs',
  'clipPath',
  'pattern',
  'marker',
  'linearGradient',
  'stop',
]);
const FORBIDDEN_ATTRIBUTE = /^(on|href$|xlink:)/i;
const FORBIDDEN_VALUE = /url\s*\((?!\s*['"]?#)|javascript:|expression\s*\(|@import/i;

function strip(element: Element): void {
  for (const child of Array.from(element.children)) {
    if (ELEMENTS.has(child.localName)) strip(child);
    else child.remove();
  }
  for (const attribute of Array.from(element.attributes))
    if (FORBIDDEN_ATTRIBUTE.test(attribute.name) || FORBIDDEN_VALUE.test(attribute.value))
      element.removeAttribute(attribute.name);
}

/** `undefined` where the text is not one SVG element. */
export function cleanSvg(text: string): SVGSVGElement | undefined {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (parsed.localName !== 'svg' || parsed.querySelector('parsererror') !== null) return undefined;
  strip(parsed);
  const drawing = document.importNode(parsed, true);
  return drawing instanceof SVGSVGElement ? drawing : undefined;
}
