// Text inside XML 1.0: marks escaped, characters that XML cannot hold left out, line breaks kept in attributes.

const CONTROLS = /[^\P{Cc}\t\n\r\u007F-\u009F]/gu;
/** Noncharacters, and halves of surrogate pairs that stand alone. */
const NO_CHARACTERS = /[\uFFFE\uFFFF]|\p{Cs}/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Fit for an element's text and for an attribute in double quotes. */
export const xml = (text: string | number): string =>
  String(text)
    .replaceAll(CONTROLS, '')
    .replaceAll(NO_CHARACTERS, '')
    .replaceAll(/[&<>"\t\n\r]/g, (mark) => ESCAPES[mark] ?? mark);
