// English tagging by wink-nlp, the only file that knows it. wink gives no offsets: they are found again by walking
// the text, so a token whose form is not in the text word for word is left out rather than misplaced.
import createWink, { type ItemSentence, type ItemToken, type ItsFunction } from 'wink-nlp';
import model from 'wink-eng-lite-web-model';
import type { PartOfSpeech, Tagger, Token } from './token.ts';

interface Readers {
  readonly itsPos: ItsFunction<string>;
  readonly itsLemma: ItsFunction<string>;
}

type MutableToken = { -readonly [Key in keyof Token]: Token[Key] };

/** Loads the model (about 0.3 s); keep the tagger. */
export function createWinkTagger(): Tagger {
  const nlp = createWink(model, ['sbd', 'pos']);
  // wink's readers are plain functions that it recognises by identity.
  // oxlint-disable-next-line typescript/unbound-method
  const readers: Readers = { itsPos: nlp.its.pos, itsLemma: nlp.its.lemma as ItsFunction<string> };
  return {
    tag: (text) => {
      const sentences: MutableToken[][] = [];
      let cursor = 0;
      nlp
        .readDoc(text)
        .sentences()
        .each((sentence: ItemSentence) => {
          const tokens: MutableToken[] = [];
          sentence.tokens().each((item: ItemToken) => {
            const token = place(item, readers, text, cursor);
            if (token === undefined) return;
            cursor = token.end;
            tokens.push(token);
          });
          append(sentences, tokens);
        });
      return sentences;
    },
  };
}

function place(item: ItemToken, { itsPos, itsLemma }: Readers, text: string, cursor: number): MutableToken | undefined {
  const form = item.out();
  const start = text.indexOf(form, cursor);
  if (start < 0 || form === '' || start - cursor > 40) return undefined;
  const pos = item.out(itsPos) as PartOfSpeech;
  const lower = form.toLowerCase();
  // An ellipsis of commas and sentence marks is punctuation whatever the tagger thinks.
  const marks = /^[\p{P}]+$/u.test(form);
  return {
    start,
    end: start + form.length,
    text: form,
    lower,
    lemma: item.out(itsLemma),
    pos: marks ? 'PUNCT' : pos,
    spaced: start === 0 || start > cursor,
  };
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
