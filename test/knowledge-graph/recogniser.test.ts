import { describe, expect, it } from 'vitest';
import { NAME_KINDS, nameLists } from '../../knowledge-graph/lexicon/name-lists.ts';
import { commonness } from '../../knowledge-graph/lexicon/common-words.ts';
import { LABELS } from '../../knowledge-graph/spans/recogniser/labels.ts';
import { createNameRecogniser, nameRecogniser } from '../../knowledge-graph/spans/recogniser/recognise.ts';
import { formatNameWeights, IMPOSSIBLE, parseNameWeights } from '../../knowledge-graph/spans/recogniser/weights.ts';

const namesIn = (text: string): readonly string[] => {
  const words = text.split(' ');
  return nameRecogniser()
    .recognise(words)
    .names.map(({ from, to, kind }) => `${words.slice(from, to).join(' ')}: ${kind}`);
};

describe('the recogniser of names', () => {
  it('tells people, places, firms, teams, media and works apart by their surroundings', () => {
    expect(namesIn('Midfielder Olu Bramfeld left Hertha BSC for Tarvos United on Monday .')).toContain('Olu Bramfeld: person');
    expect(namesIn('Shares of Vantello Holdings Inc fell 4 percent in Trondheim .')).toEqual([
      'Vantello Holdings Inc: company',
      'Trondheim: place',
    ]);
    expect(namesIn('The French minister told Le Monde that he would resign .')).toEqual(['French: demonym', 'Le Monde: media']);
  });

  it('reads text without capitals and text in capitals', () => {
    expect(namesIn('cant believe taylor swift is coming to manchester !!!')).toEqual([
      'taylor swift: person',
      'manchester: place',
    ]);
    expect(namesIn('STORM KILLS FOUR IN MANILA')).toEqual(['MANILA: place']);
  });

  it('finds nothing in sentences without names', () => {
    for (const text of ['why is everyone so mean on here', 'This is the best day ever !!!', 'THIS IS SO TRUE', '😂 😂 😂', '']) {
      expect(namesIn(text)).toEqual([]);
    }
  });

  it('says the same however often and in whatever order it is asked', () => {
    const features = new Map([
      ['0:sh=Xx', row(1)],
      ['0:sh=x', row(0)],
      ['0:sh=.', row(0)],
    ]);
    const fresh = createNameRecogniser(parseNameWeights(formatNameWeights(features, open())));
    const words = ['Zorvik', 'sleeps', '.'];
    const once = fresh.recognise(words);
    fresh.recognise(['sleeps', 'Zorvik']);
    expect(fresh.recognise(words)).toEqual(once);
    expect(once.names).toMatchObject([{ from: 0, to: 1, kind: NAME_KINDS[0] }]);
  });

  it('refuses weights that were trained for other labels', () => {
    expect(() => parseNameWeights('O B-x\n0\n')).toThrow('trained for other labels');
  });
});

const row = (label: number): Int8Array => Int8Array.from(LABELS, (_, at) => (at === label ? 40 : 0));

/** Transitions that allow everything but a continuation of another kind. */
const open = (): Int32Array =>
  Int32Array.from({ length: (LABELS.length + 1) * LABELS.length }, (_, at) => {
    const [from, to] = [LABELS[Math.floor(at / LABELS.length)] ?? 'O', LABELS[at % LABELS.length] ?? 'O'];
    return to.startsWith('I-') && from.slice(2) !== to.slice(2) ? IMPOSSIBLE : 0;
  });

describe('word lists', () => {
  it('know how common a word is, its endings taken off', () => {
    expect(commonness('house')).toBe(1);
    expect(commonness('houses')).toBe(commonness('house'));
    expect(commonness('stopped')).toBe(commonness('stop'));
    expect(commonness('quorvex')).toBe(0);
  });

  it('hold names word by word and whole', () => {
    const lists = nameLists();
    expect(lists.isGivenName('aisha')).toBe(true);
    expect(lists.isFamilyName('nakamura')).toBe(true);
    expect(lists.opensListed('newyork')).toBe(true);
    expect(lists.listed('newyorkcity')).toBe('place');
    expect(lists.listed('greenpeace')).toBe('group');
  });
});
