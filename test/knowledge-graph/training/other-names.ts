// Draws names of a kind: from the word lists, or made up of syllables, in the letter case of the name they replace.
import { linesOf } from '../../../knowledge-graph/lexicon/word-files.ts';

const SYLLABLES =
  'ba ke lo mi ran dor vel sta tho mar len kis wen dra fol gar nes pol rid sel tor ulm ves wick ham berg ton ova sky eno aru'.split(
    ' ',
  );
const COMPANY_ENDS = 'Corp Inc Ltd Plc Group Holdings Energy Foods Bank Industries AG Motors Airlines Systems'.split(' ');
const GEOGRAPHIC = /^(?:River|Lake|Mount|Street|Island|Sea|Bay)$/;
const RARELY_REPLACED = new Set(['law', 'event']);
/** Share of names that are replaced. */
const REPLACED = 0.7;

const capitalised = (name: string): string =>
  name
    .replaceAll(/(^|[-'’ ])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replaceAll("'S", "'s");

const wordsOf = (file: string, separator: string): readonly string[] =>
  linesOf(file)
    .flatMap((line) => line.split(separator))
    .filter((word) => word.length > 2);

export function createNameSource(random: () => number): (kind: string, old: readonly string[]) => readonly string[] {
  const given = wordsOf('given-names.txt', ' ');
  const family = wordsOf('surnames.txt', ' ');
  const cities = wordsOf('cities.txt', '; ');
  const known = new Map<string, readonly string[]>(
    linesOf('known-names.txt').map((line) => {
      const [kind = '', names = ''] = line.split(': ');
      return [kind, names.split('; ')];
    }),
  );
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const madeUp = (): string => capitalised(pick(SYLLABLES) + pick(SYLLABLES) + (random() < 0.5 ? pick(SYLLABLES) : ''));
  const first = (): string => (random() < 0.85 ? capitalised(pick(given)) : madeUp());
  const last = (): string => (random() < 0.75 ? capitalised(pick(family)) : madeUp());

  const person = (old: readonly string[]): readonly string[] => {
    if (old.length === 1) return [random() < 0.3 ? first() : last()];
    if (old.length === 2 && /^\p{Lu}\.$/u.test(old[0] ?? '')) return [old[0] ?? '', last()];
    return random() < 0.15 ? [first(), `${capitalised(pick(family)).slice(0, 1)}.`, last()] : [first(), last()];
  };
  const place = (old: readonly string[]): readonly string[] => {
    if (old.some((word) => GEOGRAPHIC.test(word))) return old.map((word) => (GEOGRAPHIC.test(word) ? word : madeUp()));
    const name = random() < 0.5 ? pick(cities) : random() < 0.6 ? pick(known.get('place') ?? []) : madeUp();
    return capitalised(name).split(' ');
  };
  const listed = (kind: string): readonly string[] => {
    const name = pick(known.get(kind) ?? []);
    return capitalised(kind === 'company' && name.length < 4 ? name.toUpperCase() : name)
      .split(' ')
      .flatMap((word) => (/.'s$/.test(word) ? [word.slice(0, -2), "'s"] : [word]));
  };
  const draw = (kind: string, old: readonly string[]): readonly string[] => {
    if (kind === 'person') return person(old);
    if (kind === 'place') return place(old);
    if (!RARELY_REPLACED.has(kind) && random() < 0.6) return listed(kind);
    if (kind === 'company' && random() < 0.8) return random() < 0.4 ? [madeUp()] : [madeUp(), pick(COMPANY_ENDS)];
    return old;
  };
  return (kind, old) => {
    if (random() >= REPLACED) return old;
    const drawn = draw(kind, old);
    const whole = old.join('');
    if (whole.length > 3 && whole === whole.toUpperCase()) return drawn.map((word) => word.toUpperCase());
    return whole === whole.toLowerCase() ? drawn.map((word) => word.toLowerCase()) : drawn;
  };
}
