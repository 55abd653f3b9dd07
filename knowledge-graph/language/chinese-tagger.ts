// Chinese words and names by jieba. Its dictionary tags people, places and bodies; family
// names that it leaves apart from the given name are joined here.
import { jieba } from './jieba.ts';
import type { PartOfSpeech, Tagger, Token } from './token.ts';

const SURNAMES = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方任袁柳史唐费薛雷贺倪汤罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪项祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房丁邓洪石崔龚程邢裴陆翁段侯邵刘叶白赖龙黎乔谭廖',
);
const TAGS: readonly (readonly [RegExp, PartOfSpeech])[] = [
  [/^(nr|ns|nt|nz)/, 'PROPN'],
  [/^(vn|n|j|l|i|an)/, 'NOUN'],
  [/^v/, 'VERB'],
  [/^a/, 'ADJ'],
  [/^(d|zg)/, 'ADV'],
  [/^p/, 'ADP'],
  [/^c/, 'CCONJ'],
  [/^r/, 'PRON'],
  [/^m/, 'NUM'],
  [/^u|^y/, 'PART'],
];
const ORGANISATION_TAIL = /(公司|集团|银行|协会|联盟|党|工会|基金会|企业)$/u;
const AUXILIARY = new Set(['会', '将', '可能', '能', '可以', '应该', '必须']);

/** Loads the dictionary (about 0.2 s); keep the tagger. */
export function createChineseTagger(): Tagger {
  const words = jieba();
  return {
    tag: (text) => {
      const sentences: Token[][] = [];
      let open: Token[] = [];
      let cursor = 0;
      for (const { word, tag } of words.tag(text)) {
        const start = text.indexOf(word, cursor);
        if (start < 0) continue;
        const spaced = start > cursor || start === 0;
        cursor = start + word.length;
        if (/^\s+$/u.test(word)) continue;
        open.push(toToken(word, tag, start, spaced));
        if (/^[。！？!?]$/u.test(word)) {
          sentences.push(joinPeople(open));
          open = [];
        }
      }
      if (open.length > 0) sentences.push(joinPeople(open));
      return sentences;
    },
  };
}

function toToken(word: string, tag: string, start: number, spaced: boolean): Token {
  const marks = /^[\p{P}\p{S}]+$/u.test(word);
  const pos: PartOfSpeech = marks
    ? 'PUNCT'
    : AUXILIARY.has(word)
      ? 'AUX'
      : (TAGS.find(([pattern]) => pattern.test(tag))?.[1] ?? 'X');
  const nameType = nameTypeOf(word, tag);
  return {
    start,
    end: start + word.length,
    text: word,
    lower: word.toLowerCase(),
    lemma: word.toLowerCase(),
    pos,
    spaced,
    ...(nameType === undefined ? {} : { nameType }),
  };
}

function nameTypeOf(word: string, tag: string): Token['nameType'] | undefined {
  if (word.length < 2) return undefined;
  if (tag === 'nt' || (tag.startsWith('n') && ORGANISATION_TAIL.test(word) && word.length > 2)) return 'organisation';
  if (tag === 'nr') return SURNAMES.has(word[0] ?? '') && word.length <= 3 ? 'person' : undefined;
  if (tag === 'nrt') return word.length >= 4 ? 'organisation' : 'person';
  return tag === 'ns' ? 'place' : undefined;
}

/** "张" + "伟" → "张伟", where the dictionary did not know the person. */
function joinPeople(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const previous = joined.at(-1);
    const family = previous !== undefined && SURNAMES.has(previous.text) && previous.end === token.start;
    if (
      family &&
      token.text.length <= 2 &&
      /^(X|ADV|ADJ|NOUN|PROPN)$/.test(token.pos) &&
      token.nameType === undefined &&
      previous.nameType === undefined
    ) {
      const text = previous.text + token.text;
      joined.splice(-1, 1, { ...previous, end: token.end, text, lower: text, lemma: text, pos: 'PROPN', nameType: 'person' });
    } else joined.push(token);
  }
  return joined;
}
