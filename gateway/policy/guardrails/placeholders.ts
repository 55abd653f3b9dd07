// What stands for a redacted text: `[EMAIL_1]`. The same text has the same placeholder all through a call, numbered by
// first appearance, so a conversation that is sent again and again is redacted the same each time (and a provider's
// prompt cache still fits). Lives as long as its call and is never stored.

export interface Placeholders {
  /** Gives the placeholder of a text. */
  of(label: string, original: string, restorable: boolean): string;
  readonly hasRestorable: boolean;
  restore(text: string): string;
  /** Index from which the end of `text` may be a placeholder that is not yet complete. */
  openFrom(text: string): number;
}

const PLACEHOLDER = /\[[A-Z0-9_]{1,40}_\d{1,6}\]/g;
const BEGINNING = /\[[A-Z0-9_]{0,47}$/;

/** `occurs` says whether a text stands in the call already: such a placeholder would be restored to what it never was. */
export function createPlaceholders(occurs: (text: string) => boolean): Placeholders {
  const byOriginal = new Map<string, string>();
  const originals = new Map<string, string>();
  const counts = new Map<string, number>();

  const next = (label: string): string => {
    const name = label.toUpperCase().replaceAll('-', '_');
    let count = counts.get(name) ?? 0;
    let placeholder: string;
    do placeholder = `[${name}_${++count}]`;
    while (occurs(placeholder));
    counts.set(name, count);
    return placeholder;
  };
  return {
    of: (label, original, restorable) => {
      const key = `${restorable ? '+' : '-'}${label}\0${original}`;
      const known = byOriginal.get(key);
      if (known !== undefined) return known;
      const placeholder = next(label);
      byOriginal.set(key, placeholder);
      if (restorable) originals.set(placeholder, original);
      return placeholder;
    },
    get hasRestorable() {
      return originals.size > 0;
    },
    restore: (text) =>
      originals.size === 0 || !text.includes('[')
        ? text
        : text.replaceAll(PLACEHOLDER, (placeholder) => originals.get(placeholder) ?? placeholder),
    openFrom: (text) => (BEGINNING.exec(text.slice(-48)) === null ? text.length : text.lastIndexOf('[')),
  };
}
