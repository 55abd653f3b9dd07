// Names by pattern, as in `openai/*`: only `*` is special and stands for any text, none included. Compiled once.

export type Matches = (name: string) => boolean;

/** Whether a name fits one of the patterns; no patterns = every name does. */
export function anyOf(patterns: readonly string[] | undefined): Matches | undefined {
  if (patterns === undefined) return undefined;
  const all = patterns.map(pattern);
  return (name) => all.some((matches) => matches(name));
}

function pattern(text: string): Matches {
  if (!text.includes('*')) return (name) => name === text;
  const [first = '', ...rest] = text.split('*');
  const last = rest.pop() ?? '';
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    const end = name.length - last.length;
    for (const piece of rest) {
      const at = name.indexOf(piece, from);
      if (at < 0 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  };
}
