// A long Markdown text cut where a new block surely begins, since the parser's time grows faster than its input.
// Invariant: parsing the sections one after another gives what parsing the whole would.

const SECTION_CHARACTERS = 16_384;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const DEFINITION = /^ {0,3}\[([^\]\n]+)\]:[ \t]+\S.*$/gm;

/** Cuts before a line that starts a heading or a paragraph at the margin after a blank line, outside of code and comments. */
export function markdownSections(text: string): readonly string[] {
  const sections: string[] = [];
  let fence: string | undefined;
  let inComment = false;
  let afterBlank = true;
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, end);
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined && !inComment && afterBlank && at - start >= SECTION_CHARACTERS && /^[#\p{L}"“「『]/u.test(line)) {
      sections.push(text.slice(start, at));
      start = at;
    }
    if (mark !== undefined && !inComment) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence)) fence = undefined;
    } else if (fence === undefined) {
      const opens = line.lastIndexOf('<!--');
      const closes = line.lastIndexOf('-->');
      if (opens !== -1 || closes !== -1) inComment = opens > closes;
    }
    afterBlank = line.trim() === '';
    at = end;
  }
  if (start < text.length) sections.push(text.slice(start));
  return sections.length < 2 ? sections : withDefinitions(sections, text);
}

/** Link targets are defined once for the whole text: each section gets those that it refers to. */
function withDefinitions(sections: readonly string[], text: string): readonly string[] {
  const definitions = [...text.matchAll(DEFINITION)].map((match) => ({
    label: `[${match[1] ?? ''}]`.toLowerCase(),
    line: match[0],
  }));
  if (definitions.length === 0) return sections;
  return sections.map((section) => {
    const lower = section.toLowerCase();
    const used = definitions.filter(({ label, line }) => lower.includes(label) && !section.includes(line));
    return used.length === 0 ? section : `${section}\n\n${used.map(({ line }) => line).join('\n')}\n`;
  });
}
