// What one word says about names, wherever it stands: its form, the lists it is in, and one class that sums both up.
// Profiles depend on the written form alone, so they are made once per form.
import { commonness } from '../../lexicon/common-words.ts';
import { SPEECH_VERBS, STOP_WORDS } from '../../lexicon/function-words.ts';
import { LEGAL_SUFFIXES, typeOfFirstWord, typeOfKindNoun, typeOfNameHead } from '../../lexicon/heads.ts';
import { nameLists } from '../../lexicon/name-lists.ts';
import { HONORIFICS, isRole, ROLE_MODIFIERS } from '../../lexicon/titles.ts';
import { words } from '../../lexicon/words.ts';

export interface WordProfile {
  readonly lower: string;
  /** One of a few dozen classes; pairs and triples of them are features. */
  readonly wordClass: string;
  readonly shape: string;
  /** What it says, for itself and for the words around it. */
  readonly features: readonly string[];
  /** Some listed name begins with it. */
  readonly opensListed: boolean;
}

const CALENDAR = words(
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun',
);
const PREPOSITIONS = words('in at from to of by with for on near outside across via versus vs against into over');
const PRONOUNS = words('i you he she it we they me him us them my your his her its our their who');
const BEING = words("is was are were be been am has have had will would can could 's 're 've 'll 'd do does did");
const DETERMINERS = words('the a an this that these those');
const GREETINGS = words('hi hello hey dear thanks thank love miss happy rip dm ft feat lol omg');

export function profileWord(form: string, useLists = true): WordProfile {
  const lower = form.toLowerCase();
  const shape = shapeOf(form);
  const bare = lower.replace(/^[#@]/, '');
  const marks = useLists ? marksOf(bare) : [];
  const band = commonness(lower);
  const wordClass = classOf(lower, shape, marks, band);
  const affixes = [`s3=${bare.slice(-3)}`, `s2=${bare.slice(-2)}`, `p3=${bare.slice(0, 3)}`];
  const shaped = [`sh=${shape}`, `c=${wordClass}`, `b=${band}${shape}`];
  const listed = marks.map((mark) => `l=${mark}|${caseOf(shape)}`);
  const own = useLists || band > 0 ? [`w=${lower}`] : [];
  return {
    lower,
    wordClass,
    shape,
    features: [...own, ...shaped, ...listed, ...affixes, `len=${Math.min(9, form.length)}${caseOf(shape)}`],
    opensListed: useLists && /[\p{L}\p{N}]/u.test(form) && nameLists().opensListed(bare),
  };
}

/** The form with its letters forgotten: `Xx`, `XX`, `xX` … */
function shapeOf(form: string): string {
  if (/^https?:|^www\.|\.(?:com|org|net|co|ly)(?:\/|$)/i.test(form)) return 'url';
  if (/^@\w/.test(form)) return '@';
  if (/^#\w/.test(form)) return /^#.*\p{Ll}\p{Lu}/u.test(form) ? '#xX' : '#';
  if (/^[\p{P}\p{S}]+$/u.test(form)) return form.length === 1 && /[.,()"'“”:;\-/&!?]/.test(form) ? form : 'sym';
  if (/^[\d.,:/-]+$/.test(form)) return /^(?:1[89]|20)\d\d$/.test(form) ? 'year' : 'd';
  if (/^\p{Lu}\.$/u.test(form) || /^\p{Lu}$/u.test(form)) return 'X.';
  if (/\d/.test(form) && /\p{L}/u.test(form)) return /\p{Lu}/u.test(form) ? 'Xd' : 'xd';
  if (/^(?:\p{Lu}\.){2,}$/u.test(form)) return 'X.X.';
  if (/^\p{Lu}[\p{Lu}&'’.-]+$/u.test(form)) return 'XX';
  if (/^\p{Lu}\p{Ll}*['’]?\p{Ll}*$/u.test(form)) return 'Xx';
  if (/^\p{Lu}[\p{Ll}'’]+-\p{Lu}/u.test(form)) return 'Xx-Xx';
  if (/^\p{Lu}/u.test(form)) return /\p{Lu}.*\p{Lu}/u.test(form) ? 'XxX' : 'Xx';
  if (/^\p{Ll}+\p{Lu}/u.test(form)) return 'xX';
  return /\p{L}/u.test(form) ? 'x' : 'o';
}

const caseOf = (shape: string): string => (shape === 'XX' ? 'A' : shape.startsWith('X') ? 'C' : shape === 'x' ? 'l' : 'o');

/** The lists that a word is in. */
function marksOf(lower: string): readonly string[] {
  const lists = nameLists();
  const marks: string[] = [];
  if (lists.isGivenName(lower)) marks.push('given');
  if (lists.isFamilyName(lower)) marks.push('family');
  const listed = lists.listed(lower);
  if (listed !== undefined) marks.push(`is-${listed}`);
  const head = typeOfNameHead(lower);
  if (head !== undefined) marks.push(`head-${head}`);
  const kind = typeOfKindNoun(lower);
  if (kind !== undefined) marks.push(`kind-${kind}`);
  const first = typeOfFirstWord(lower);
  if (first !== undefined) marks.push(`first-${first}`);
  if (LEGAL_SUFFIXES.has(lower)) marks.push('legal');
  if (HONORIFICS.has(lower)) marks.push('honorific');
  if (isRole(lower)) marks.push('role');
  if (ROLE_MODIFIERS.has(lower)) marks.push('role-modifier');
  if (SPEECH_VERBS.has(lower) || SPEECH_VERBS.has(lower.replace(/(?:ed|d|s)$/, '')) || lower === 'said') marks.push('speech');
  if (STOP_WORDS.has(lower)) marks.push('stop');
  if (CALENDAR.has(lower)) marks.push('calendar');
  return marks;
}

function classOf(lower: string, shape: string, marks: readonly string[], band: number): string {
  if (!/[XxAo]/.test(shape) || shape === 'year' || shape.startsWith('#')) return shape.startsWith('#') ? '#' : shape;
  if (CALENDAR.has(lower)) return 'calendar';
  if (DETERMINERS.has(lower)) return 'the';
  if (PREPOSITIONS.has(lower)) return /^(?:in|at|from|to|of|by|with|for|on|near)$/.test(lower) ? lower : 'adp';
  if (PRONOUNS.has(lower)) return 'pron';
  if (BEING.has(lower)) return lower === "'s" || lower === 'is' || lower === 'was' ? lower : 'be';
  if (lower === 'and' || lower === 'or') return 'and';
  const letter = caseOf(shape);
  if (GREETINGS.has(lower)) return `${letter}greet`;
  if (STOP_WORDS.has(lower)) return `${letter}stop`;
  const mark = (name: string): boolean => marks.includes(name);
  if (mark('honorific') || mark('role')) return `${letter}title`;
  const listed = marks.find((name) => name.startsWith('is-'));
  if (listed !== undefined && band !== 1) return `${letter}${listed}`;
  if (mark('legal')) return `${letter}legal`;
  const head = marks.find((name) => name.startsWith('head-'));
  if (letter !== 'l' && head !== undefined) return `${letter}${head}`;
  const kind = marks.find((name) => name.startsWith('kind-'));
  if (letter === 'l' && kind !== undefined) return `l${kind}`;
  if (mark('speech')) return `${letter}speech`;
  const person = mark('given') ? (mark('family') ? 'both' : 'given') : mark('family') ? 'family' : '';
  if (person !== '' && (letter !== 'l' || band === 0)) return `${letter}${person}${band === 0 ? '' : 'c'}`;
  return `${letter}${band}`;
}
