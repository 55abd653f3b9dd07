// English tagging by wink-nlp's model, brought to the form of our tokens: compounds and hyphens joined or split, some
// tags put right. A part of a contraction that the text does not have word for word is left out rather than misplaced.
import { english } from '#foundation/english';
import type { EnglishText } from '#foundation/english';
import type { PartOfSpeech, Tagger, Token } from './token.ts';

type MutableToken = { -readonly [Key in keyof Token]: Token[Key] };

export function createWinkTagger(): Tagger {
  const reader = english();
  return {
    tag: (text) => {
      const read = reader.read(text);
      const sentences: MutableToken[][] = [];
      let cursor = 0;
      for (const [first, last] of read.sentences) {
        const tokens: MutableToken[] = [];
        for (let at = first; at <= last; at++) {
          const token = place(read, at, cursor);
          if (token === undefined) continue;
          cursor = token.end;
          if (token.text.includes('-')) tokens.push(...splitCompound(token));
          else tokens.push(token);
        }
        append(sentences, retagHeads(retagSides(retagGerunds(joinHyphens(tokens)))));
      }
      return sentences;
    },
  };
}

function place({ words, starts, tags, lemmas }: EnglishText, at: number, cursor: number): MutableToken | undefined {
  const start = starts[at] ?? -1;
  const word = words[at];
  if (word === undefined || start < 0) return undefined;
  return {
    start,
    end: start + word.text.length,
    text: word.text,
    lower: word.lower,
    lemma: lemmas[at] ?? word.lower,
    // An ellipsis of commas and sentence marks is punctuation whatever the tagger thinks.
    pos: word.isPunctuation ? 'PUNCT' : (tags[at] as PartOfSpeech),
    spaced: start === 0 || start > cursor,
  };
}

const COMPOUND =
  /^(\p{Lu}[\p{L}\p{N}.]*)-(based|led|backed|owned|style|compatible|native|specific|powered|hosted|managed|first|driven)$/u;

/** "Zurich-based" → Zurich, -, based: the name in front is a name of its own. */
function splitCompound(token: MutableToken): readonly MutableToken[] {
  const [, name, tail] = COMPOUND.exec(token.text) ?? [];
  if (name === undefined || tail === undefined) return [token];
  const part = (text: string, offset: number, pos: PartOfSpeech, spaced: boolean): MutableToken => {
    const start = token.start + offset;
    return { start, end: start + text.length, text, lower: text.toLowerCase(), lemma: text.toLowerCase(), pos, spaced };
  };
  return [
    part(name, 0, 'PROPN', token.spaced),
    part('-', name.length, 'PUNCT', false),
    part(tail, name.length + 1, 'ADJ', false),
  ];
}

/** "open" "-" "source" → one word, an adjective before a noun; names in front of a hyphen stay names. */
function joinHyphens(tokens: readonly MutableToken[]): MutableToken[] {
  const joined: MutableToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const [dash, tail] = [tokens[at + 1], tokens[at + 2]];
    const whole = dash?.text === '-' && !dash.spaced && tail !== undefined && !tail.spaced && /^\p{Ll}+$/u.test(tail.text);
    if (!whole || !/^\p{L}\p{Ll}*$/u.test(token.text) || token.pos === 'PROPN') {
      joined.push(token);
      continue;
    }
    const text = `${token.text}-${tail.text}`;
    const before = /^(NOUN|PROPN|ADJ)$/.test(tokens[at + 3]?.pos ?? '') || tail.pos === 'VERB';
    const lower = text.toLowerCase();
    joined.push({ ...token, end: tail.end, text, lower, lemma: lower, pos: before ? 'ADJ' : tail.pos });
    at += 2;
  }
  return joined;
}

const TAKES_GERUND = new Set(
  'start stop keep try begin avoid enjoy consider like love hate prefer suggest recommend continue finish mind practise practice risk involve go come sit stand spend'.split(
    ' ',
  ),
);

/** "prompt caching" after a verb, or opening a sentence: the tagger reads two verbs, English means two nouns. */
function retagGerunds(tokens: MutableToken[]): MutableToken[] {
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    const before = tokens[at - 1];
    if (token.pos !== 'VERB' || next?.pos !== 'VERB' || !next.lower.endsWith('ing') || token.lemma !== token.lower) return;
    if (TAKES_GERUND.has(token.lower) || /^(AUX|PRON|PART)$/.test(before?.pos ?? '')) return;
    token.pos = 'NOUN';
    next.pos = 'NOUN';
  });
  return tokens;
}

const SIDES = new Set('backs slams blasts cuts votes fights sues rebuffs scraps bans'.split(' '));

/** "Quint backs the merger": between a name and what it takes, these are verbs, whatever the tagger thinks. */
function retagSides(tokens: MutableToken[]): MutableToken[] {
  tokens.forEach((token, at) => {
    if (token.pos !== 'NOUN' || !SIDES.has(token.lower)) return;
    if (tokens[at - 1]?.pos !== 'PROPN' || !/^(DET|PROPN|ADP|PRON)$/.test(tokens[at + 1]?.pos ?? '')) return;
    token.pos = 'VERB';
    token.lemma = token.lower.replace(/s$/, '');
  });
  return tokens;
}

const ONE = /^(?:an?|each|every|another|this)$/;
/** Pasts like their base form, and verbs after which another one stands bare. */
const SAME_PAST = new Set(
  'put cut let set read hit cost shut hurt split spread quit become come run beat burst cast shed thrust bid rid'.split(' '),
);
const CAUSING = new Set('let make help see watch hear'.split(' '));
const DEMANDING = new Set('require suggest recommend propose demand insist'.split(' '));

/** "a single source file", "a weight attribute": after one thing no verb stands in its base form, so that it is the noun. */
function retagHeads(tokens: MutableToken[]): MutableToken[] {
  tokens.forEach((token, at) => {
    if (token.pos !== 'VERB' || token.lower !== token.lemma || SAME_PAST.has(token.lower) || /(?:ed|ing)$/.test(token.lower))
      return;
    let from = at - 1;
    while (/^(?:NOUN|ADJ|PROPN|NUM)$/.test(tokens[from]?.pos ?? '')) from--;
    if (from === at - 1 || !ONE.test(tokens[from]?.lower ?? '') || CAUSING.has(tokens[from - 1]?.lemma ?? '')) return;
    if (tokens.slice(0, from).some(({ lemma }) => DEMANDING.has(lemma))) return;
    token.pos = 'NOUN';
  });
  return tokens;
}

/** Adds a sentence, first undoing splits inside names such as `Node.js`. */
function append(sentences: MutableToken[][], tokens: MutableToken[]): void {
  const [first] = tokens;
  const previous = sentences.at(-1);
  if (first === undefined) return;
  const stop = previous?.at(-1);
  const word = previous?.at(-2);
  if (
    previous !== undefined &&
    stop?.text === '.' &&
    !stop.spaced &&
    !first.spaced &&
    word !== undefined &&
    /^\p{L}+$/u.test(word.text) &&
    /^\p{Ll}{1,4}$/u.test(first.text)
  ) {
    previous.splice(-2, 2, {
      ...word,
      end: first.end,
      text: `${word.text}.${first.text}`,
      lower: `${word.lower}.${first.lower}`,
      lemma: `${word.lower}.${first.lower}`,
      pos: 'PROPN',
    });
    previous.push(...tokens.slice(1));
    return;
  }
  sentences.push(tokens);
}
