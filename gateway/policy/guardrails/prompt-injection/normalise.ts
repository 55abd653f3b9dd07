// Text as it is read rather than as it is coded: without invisible characters, with look-alike letters made plain.
// Offsets are kept, so a finding in the plain text points into the original.

export interface Plain {
  /** Lower case. */
  readonly text: string;
  /** Offset in the original of the character at `index`. */
  at(index: number): number;
  /** Invisible characters, direction overrides and tag characters that were taken out. */
  readonly hidden: number;
  readonly overrides: number;
  readonly tags: number;
}

const UNUSUAL = /[^\t\n\r -~]/;
/** Cyrillic and Greek letters that look like Latin ones; only in words that also hold Latin letters. */
const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аaеeоoрpсcуyхxіiјjѕsԁdһhӏlԛqԝwοoαaνvιiρpκk'.matchAll(/(.)(.)/gu)].map(([, strange = '', plain = '']) => [strange, plain]),
);
const WORD = /[a-zа-яёіјѕԁһӏԛԝα-ω]+/gu;

export function plain(original: string): Plain {
  if (!UNUSUAL.test(original)) return { text: original.toLowerCase(), at: (index) => index, hidden: 0, overrides: 0, tags: 0 };
  const offsets: number[] = [];
  let text = '';
  let hidden = 0;
  let overrides = 0;
  let tags = 0;
  let index = 0;
  for (const character of original) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xe0000 && code <= 0xe007f) {
      tags += 1;
    } else if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) {
      overrides += 1;
    } else if (code === 0xad || code === 0x200b || code === 0x200c || code === 0x200d || code === 0x2060 || code === 0xfeff) {
      // A joiner between letters of a script that has none hides a word; between emoji it is how they are written.
      if (isLatin(text.at(-1))) hidden += 1;
    } else {
      const written = code < 0x80 ? character.toLowerCase() : character.normalize('NFKC').toLowerCase();
      for (let unit = 0; unit < written.length; unit++) offsets.push(index);
      text += written;
    }
    index += character.length;
  }
  const unmasked = text.replaceAll(WORD, (word) =>
    /[a-z]/.test(word) ? word.replaceAll(/[^a-z]/gu, (letter) => LOOK_ALIKES[letter] ?? letter) : word,
  );
  return { text: unmasked, at: (place) => offsets[place] ?? original.length, hidden, overrides, tags };
}

function isLatin(character: string | undefined): boolean {
  return character !== undefined && /[a-z]/.test(character);
}
