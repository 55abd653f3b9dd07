import { describe, expect, it } from 'vitest';
import type { Token } from '../../../knowledge-graph/language/token.ts';
import { createWinkTagger } from '../../../knowledge-graph/language/wink-tagger.ts';
import { findOpenRelations } from '../../../knowledge-graph/relations/open/find.ts';

const tagger = createWinkTagger();

type Piece = { readonly from: number; readonly to: number } | string | undefined;

/** The words of a part; unsaid ones in angle brackets. */
function wordsOf(text: string, tokens: readonly Token[], part: Piece): string {
  if (part === undefined) return '';
  return typeof part === 'string' ? `<${part}>` : text.slice(tokens[part.from]?.start, tokens[part.to - 1]?.end);
}

/** "subject | predicate | object" */
function relationsOf(text: string): readonly string[] {
  const tokens = tagger.tag(text).flat();
  return findOpenRelations(tokens).map(({ subject, predicate, object }) =>
    [[subject], predicate, [object]].map((parts) => parts.map((part) => wordsOf(text, tokens, part)).join(' ')).join(' | '),
  );
}

describe('open relations', () => {
  it.each([
    ['subject, verb, object', 'The council approved a new toll.', 'The council | approved | a new toll'],
    ['auxiliaries and negation', 'The council has not approved a toll.', 'The council | has not approved | a toll'],
    ['verbs chained by "to"', 'Chrysler has had to close two plants.', 'Chrysler | has had to close | two plants'],
    ['particle and preposition', 'Gideon switched over to Merck.', 'Gideon | switched over to | Merck'],
    ['a passive', 'Cisterna was captured by the division.', 'Cisterna | was captured by | the division'],
    ['a copula', 'Riverton is a small town in the west.', 'Riverton | is | a small town in the west'],
    ['a shared subject', 'The division took Cisterna and raced to Rome.', 'The division | raced to | Rome'],
    ['joined subjects', 'Boyer and Swanson headed for Wall Street.', 'Boyer and Swanson | headed for | Wall Street'],
    ['a relative clause', 'She met the engineer, who built the bridge.', 'the engineer | built | the bridge'],
    ['"who" after a copula', 'Ada is a pilot who flies for Norden.', 'Ada | flies for | Norden'],
    ['a reduced relative clause', 'It is a comedy directed by Fred Guiol.', 'a comedy | <was> directed by | Fred Guiol'],
    ['a subject before an aside', 'Mlada, the bride of Yaromir, fled to Rome.', 'Mlada | fled to | Rome'],
    ['a subject before brackets', 'The EIB (a bank) has offered a loan.', 'The EIB | has offered | a loan'],
    ['a clause as object', 'The study indicated that prices could rise.', 'The study | indicated that | prices could rise'],
    ['speech before its speaker', 'The price is too high, Mr. Hatch argues.', 'Mr. Hatch | argues | The price is too high'],
    ['an opening participle', 'Having returned to Rome, they gained a title.', 'they | Having returned to | Rome'],
    ['an apposition', 'Claire Dubois, the head of Lumen, resigned.', 'Claire Dubois | <is> | the head of Lumen'],
    ['a title', 'The actor John Booth fled.', 'John Booth | <is> | actor'],
    ['a possessive', "Italy's largest bank failed.", 'Italy | <has> | largest bank'],
  ])('read %s', (_, text, expected) => {
    expect(relationsOf(text)).toContain(expected);
  });

  it('end where the next clause begins', () => {
    expect(relationsOf('The strike won support from the party, and the workers went home.')).toContain(
      'The strike | won | support from the party',
    );
  });

  it('find nothing where there is no subject', () => {
    expect(relationsOf('Click here to go on.').filter((relation) => relation.startsWith(' |'))).toEqual([]);
    expect(relationsOf('')).toEqual([]);
  });

  it('trust a plain clause more than a purpose', () => {
    const confidences = findOpenRelations(tagger.tag('The council raised a toll to pay the engineers of the bridge.').flat()).map(
      ({ confidence }) => confidence,
    );
    expect(confidences).toHaveLength(2);
    expect(confidences[0]).toBeGreaterThan(confidences[1] ?? 1);
  });
});
