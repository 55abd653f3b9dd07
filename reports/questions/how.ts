// How, when and why: open questions read as a statement about the outcome, with the reading said.
import { AUXILIARIES, predicate, subjectEnd } from './clause.ts';
import { statement, type Parsed } from './parsed.ts';
import { textOf, type Token } from './tagger.ts';

const READ_AS_SUPPORT = 'An open question about a reaction; it was read as support or opposition.';

export function parseHow(question: string, tokens: readonly Token[], first: string): Parsed {
  if (first === 'how') {
    const known = knownHow(question);
    if (known !== undefined) return known;
  }
  const at = tokens.findIndex((token, index) => index > 0 && AUXILIARIES.includes(token.lower));
  if (at < 0) return { kind: 'unclear' };
  const auxiliary = tokens[at]?.lower ?? '';
  const end = subjectEnd(tokens, at + 1, auxiliary);
  const inside = tokens.slice(1, at);
  if (first === 'how' && ['many', 'much'].includes(inside[0]?.lower ?? '') && (end === undefined || inside.length > 1)) {
    return amountQuestion(inside, tokens, at, auxiliary, end);
  }
  if (end === undefined) return { kind: 'unclear' };
  const subject = textOf(tokens.slice(at + 1, end));
  const degree =
    first === 'how' && inside.length > 0 && !['many', 'much'].includes(inside[0]?.lower ?? '') ? ` ${textOf(inside)}` : '';
  return statement(`${subject} ${predicate(auxiliary, tokens.slice(end))}${degree}`, openReading(first));
}

const openReading = (first: string): string => {
  if (first === 'when') return 'A date cannot be read from opinions; the question was read as whether it happens at all.';
  if (first === 'why') return 'Reasons are found in the voices and documents of the report; the vote is on whether it is so.';
  return 'The manner or amount is left open; the question was read as whether it happens.';
};

function amountQuestion(
  inside: readonly Token[],
  tokens: readonly Token[],
  at: number,
  auxiliary: string,
  end: number | undefined,
): Parsed {
  const noun = textOf(inside.slice(1));
  const quantity = inside[0]?.lower === 'many' ? 'many' : 'much';
  const note = 'An amount cannot be read from opinions; the question was read as whether it is large.';
  const after = tokens[at + 1];
  if (end === undefined || after?.pos === 'VERB') return statement(`${quantity} ${noun} ${textOf(tokens.slice(at))}`, note);
  const rest = tokens.slice(end);
  const verb = rest[0] === undefined ? '' : predicate(auxiliary, rest.slice(0, 1));
  return statement(`${textOf(tokens.slice(at + 1, end))} ${verb} ${quantity} ${noun} ${textOf(rest.slice(1))}`, note);
}

function knownHow(question: string): Parsed | undefined {
  const reaction =
    /^how (?:will|would|do|does|did|are|is|might|should) (.+?) (?:react|respond|feel|reacting|responding|take|receive|view|see|vote)(?: (?:to|about|on|towards?))? (.+)$/i.exec(
      question,
    );
  if (reaction !== null) return statement(`${reaction[1]} will support ${reaction[2]}`, READ_AS_SUPPORT);
  const effect = /^how (?:will|would|does|do|might|could) (.+?) (?:affect|change|influence|impact|shape|hit) (.+)$/i.exec(
    question,
  );
  if (effect !== null) {
    return statement(
      `${effect[1]} will be good for ${effect[2]}`,
      'An open question about an effect; it was read as good or bad for those named.',
    );
  }
  const likely = /^how (?:likely|probable) (?:is|are) (.+?) to (.+)$/i.exec(question);
  if (likely !== null) return statement(`${likely[1]} will ${likely[2]}`);
  const degree = /^how (\w+) (is|are|was|were) (.+)$/i.exec(question);
  if (degree !== null && !/^(?:many|much|long|far|often|soon)$/i.test(degree[1] ?? '')) {
    return statement(
      `${degree[3]} ${degree[2]?.toLowerCase()} ${degree[1]?.toLowerCase()}`,
      'A question of degree; it was read as whether the word fits.',
    );
  }
  return undefined;
}
