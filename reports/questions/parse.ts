// Common English question forms → a statement that agents can agree with, or a sentence with a gap for options.
// Deterministic and total: what it cannot read it says so (`unclear`), it never guesses silently.
import { AUXILIARIES, BE, DO, predicate, subjectEnd } from './clause.ts';
import { parseHow } from './how.ts';
import { GAP, statement, type AskedThing, type Parsed } from './parsed.ts';
import { isNominal, textOf, type Tagger, type Token } from './tagger.ts';

const LEAD =
  /^(?:(?:please|tell me|predict|forecast|estimate|say)\s+)*(?:do you (?:think|expect|believe)(?: that)?|how (?:likely|probable) is it that|what (?:are|is) the (?:chances?|odds|probability|likelihood) that|(?:predict|forecast|estimate|say|tell me|decide)?\s*\bwhether(?: or not)?)\s+/i;
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwon['’]t\b/gi, 'will not'],
  [/\bcan['’]t\b|\bcannot\b/gi, 'can not'],
  [/\b(\w+)n['’]t\b/gi, '$1 not'],
  [/^(what|who|where|when|why|how)['’]s\b/i, '$1 is'],
];

export function parseQuestion(text: string, tag: Tagger): Parsed {
  let question = askingSentence(text.replaceAll(/\s+/g, ' ').trim());
  for (const [pattern, full] of CONTRACTIONS) question = question.replace(pattern, full);
  question = question.replace(/[\s?!.]+$/u, '').replace(/,?\s+or not$/i, '');
  const lead = LEAD.exec(question);
  if (lead !== null) return statement(question.slice(lead[0].length));
  const fronted = /^((?:by|in|within|after|before|during|if|when|given|over|on|at|until|despite)\b[^,]+),\s*(.+)$/i.exec(
    question,
  );
  const adjunct = fronted?.[1];
  const core = fronted?.[2] ?? question;
  const parsed = parseCore(core, tag);
  return adjunct === undefined ? parsed : withAdjunct(parsed, adjunct.charAt(0).toLowerCase() + adjunct.slice(1));
}

/** Of several sentences, the first that asks. */
function askingSentence(text: string): string {
  const sentences = text.split(/(?<=[.?!])\s+(?=\p{Lu})/u);
  return sentences.find((sentence) => sentence.endsWith('?')) ?? text;
}

function withAdjunct(parsed: Parsed, adjunct: string): Parsed {
  if (parsed.kind === 'statement') return { ...parsed, proposition: `${parsed.proposition} ${adjunct}` };
  return parsed.kind === 'choice' ? { ...parsed, template: `${parsed.template} ${adjunct}` } : parsed;
}

function parseCore(question: string, tag: Tagger): Parsed {
  const tokens = tag(question);
  const first = tokens[0]?.lower ?? '';
  if (AUXILIARIES.includes(first)) return parseYesNo(tokens, first);
  if (['which', 'what', 'who', 'whom', 'where'].includes(first)) return parseWh(question, tokens, first, tag);
  if (['how', 'when', 'why'].includes(first)) return parseHow(question, tokens, first);
  const inverted = /^.*?\b(?=(?:will|should|can|does|is|are)\s)/i.exec(question);
  const verbAt = tokens.findIndex((token) => ['VERB', 'AUX'].includes(token.pos));
  if (verbAt > 0 && inverted !== null)
    return statement(question, 'It is not worded as a question; it was taken as the statement to test.');
  return { kind: 'unclear' };
}

function parseYesNo(tokens: readonly Token[], auxiliary: string): Parsed {
  const start = tokens[1]?.lower === 'not' ? 2 : 1;
  const end = subjectEnd(tokens, start, auxiliary);
  if (end === undefined) return { kind: 'unclear' };
  const subject = tokens.slice(start, end);
  const rest = tokens.slice(end);
  const either = subject.findIndex((token) => token.lower === 'or');
  if (either === subject.length - 1 && either > 1) {
    return eitherCourse(subject.slice(0, either - 1), auxiliary, [...subject.slice(either - 1), ...rest]);
  }
  if (either > 0) {
    const listed = listItems(textOf(subject));
    return choice(`${GAP} ${predicate(auxiliary, rest)}`, 'actor', nothingAsked, listed);
  }
  return eitherCourse(subject, auxiliary, rest);
}

/** "adopt or reject the toll": yes is the first course, no the other. */
function eitherCourse(subject: readonly Token[], auxiliary: string, rest: readonly Token[]): Parsed {
  const or = rest[1]?.lower === 'or' ? rest[2] : undefined;
  if (or === undefined) return statement(`${textOf(subject)} ${predicate(auxiliary, rest)}`);
  const first = rest.toSpliced(1, 2);
  return statement(
    `${textOf(subject)} ${predicate(auxiliary, first)}`,
    `“No” stands for the other course (${or.lower}) and for neither.`,
  );
}

const nothingAsked: AskedThing = { text: '', head: undefined, modifiers: [] };

function choice(template: string, seeks: 'actor' | 'place' | 'thing', asked: AskedThing, listed: readonly string[]): Parsed {
  return { kind: 'choice', template, seeks, asked, listed, assumptions: [] };
}

function parseWh(question: string, all: readonly Token[], first: string, tag: Tagger): Parsed {
  const special = specialWhat(question);
  if (special !== undefined) return special;
  const split = /^(.*?)\s*(?::|–|—|\s-)\s*(\S.*\bor\b.*|\S.*,.*)$/i.exec(question);
  const tokens = split?.[1] === undefined ? all : tag(split[1]);
  let listed = split?.[2] === undefined ? [] : listItems(split[2]);
  let at = 1;
  while (at < tokens.length && !isFinite(tokens, at)) at++;
  if (at === tokens.length) at = unseenVerb(tokens);
  const noun = tokens.slice(1, at);
  const auxiliary = tokens[at]?.lower ?? '';
  if (tokens[at] === undefined) return { kind: 'unclear' };
  const phrase = textOf(noun);
  if (/^of\b.*\b(?:and|or)\b/.test(phrase)) listed = listItems(phrase.replace(/^of\s+/, ''));
  const seeks = first === 'who' || first === 'whom' ? 'actor' : first === 'where' ? 'place' : 'thing';
  const asked = noun.length > 0 ? askedThing(noun) : first === 'what' ? askedAfter(tokens.slice(at)) : nothingAsked;
  const template = first === 'where' ? placeTemplate(tokens, at) : whTemplate(tokens, at, auxiliary);
  return template === undefined ? { kind: 'unclear' } : choice(template, seeks, asked, listed);
}

const isFinite = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  return token !== undefined && (AUXILIARIES.includes(token.lower) || (token.pos === 'VERB' && !token.lower.endsWith('ing')));
};

/** "…and budgets matters most": a plural-looking word behind a noun is the verb that the tagger missed. */
function unseenVerb(tokens: readonly Token[]): number {
  const at = tokens.findLastIndex((token, index) => index > 1 && /[^s]s$/.test(token.lower) && isNominal(tokens[index - 1]));
  return at < 0 ? tokens.length : at;
}

function whTemplate(tokens: readonly Token[], at: number, auxiliary: string): string | undefined {
  const after = tokens[at + 1];
  // "What is the biggest risk of running …": the predicate describes the option, unless it ends in the verb of a subject.
  const describes = at === 1 && BE.includes(auxiliary) && tokens.at(-1)?.pos !== 'VERB';
  if (describes || !AUXILIARIES.includes(auxiliary)) return `${GAP} ${textOf(tokens.slice(at))}`;
  const subjectFollows = after !== undefined && ['DET', 'NOUN', 'PROPN', 'PRON', 'ADJ', 'NUM'].includes(after.pos);
  const end = subjectFollows ? subjectEnd(tokens, at + 1, auxiliary) : undefined;
  const verbFollows = end !== undefined && ['VERB', 'AUX'].includes(tokens[end]?.pos ?? '');
  if (!DO.includes(auxiliary) && (end === undefined || (BE.includes(auxiliary) && !verbFollows))) {
    return `${GAP} ${textOf(tokens.slice(at))}`;
  }
  if (end === undefined) return undefined;
  return `${textOf(tokens.slice(at + 1, end))} ${withGap(auxiliary, tokens.slice(end))}`;
}

/** Puts the gap where the object was: behind a stranded preposition, else behind the last verb of the chain. */
function withGap(auxiliary: string, rest: readonly Token[]): string {
  let verb = rest.findIndex((token) => ['VERB', 'AUX'].includes(token.pos));
  if (verb < 0) verb = 0;
  while (rest[verb + 1]?.lower === 'to' && ['VERB', 'AUX'].includes(rest[verb + 2]?.pos ?? '')) verb += 2;
  const last = rest.at(-1);
  const stranded = rest.length - 1 > verb && last !== undefined && ['ADP', 'PART'].includes(last.pos);
  const cut = stranded ? rest.length : verb + 1;
  return [predicate(auxiliary, rest.slice(0, cut)), GAP, textOf(rest.slice(cut))].filter((part) => part !== '').join(' ');
}

function placeTemplate(tokens: readonly Token[], at: number): string | undefined {
  const auxiliary = tokens[at]?.lower ?? '';
  const end = subjectEnd(tokens, at + 1, auxiliary);
  if (end === undefined) return undefined;
  return `${textOf(tokens.slice(at + 1, end))} ${predicate(auxiliary, tokens.slice(end))} in ${GAP}`;
}

function askedThing(noun: readonly Token[]): AskedThing {
  const of = noun.findIndex((token) => token.pos === 'ADP');
  const main = of > 0 ? noun.slice(0, of) : noun;
  const nouns = main.filter((token) => ['NOUN', 'PROPN'].includes(token.pos));
  return { text: textOf(noun), head: nouns.at(-1)?.lemma, modifiers: nouns.slice(0, -1).map((token) => token.lemma) };
}

/** "What is the biggest risk to …": the thing asked for stands in the predicate. */
function askedAfter(tokens: readonly Token[]): AskedThing {
  const from = tokens.findIndex((token) => token.pos === 'DET');
  if (from < 0 || !BE.includes(tokens[0]?.lower ?? '')) return nothingAsked;
  const rest = tokens.slice(from + 1);
  const stop = rest.findIndex((token) => !['ADJ', 'NOUN', 'PROPN', 'ADV', 'NUM'].includes(token.pos));
  return askedThing(stop < 0 ? rest : rest.slice(0, stop));
}

function specialWhat(question: string): Parsed | undefined {
  const happens = /^what (?:happens|will happen|would happen|happened) (?:if|when|once|should) (.+)$/i.exec(question)?.[1];
  if (happens !== undefined) {
    return statement(
      `it will do more good than harm if ${happens}`,
      'The question leaves open what would be looked at; it was read as whether the outcome is seen as good or bad.',
    );
  }
  const fate = /^what (?:happens|will happen) (?:to|with) (.+)$/i.exec(question)?.[1];
  if (fate !== undefined) {
    return statement(
      `the future of ${fate} is bright`,
      'The question leaves the outcome open; it was read as whether people expect a good one.',
    );
  }
  const action = /^what (will|should|can|could|would|must) (.+?) do about (.+)$/i.exec(question);
  if (action !== null) {
    return statement(
      `${action[2]} ${action[1]?.toLowerCase()} act on ${action[3]}`,
      'Which action is left open; it was read as whether there is one.',
    );
  }
  const view =
    /^what (?:do|does|will|would) (.+?) (?:think|feel|say|believe) (?:of|about|on) (.+)$/i.exec(question) ??
    /^what (?:is|are) (.+?)(?:['’]s?)? (?:opinions?|views?|attitudes?|reactions?|response|mood|sentiment) (?:of|about|on|to|towards?) (.+)$/i.exec(
      question,
    );
  if (view === null) return undefined;
  const who = /^(?:the )?(?:public|people)$/i.test(view[1] ?? '') ? 'people' : (view[1] ?? 'people');
  return statement(`${who} will support ${view[2]}`, 'An open question about views; it was read as support or opposition.');
}

/** "A, B or C" → its members. */
function listItems(text: string): readonly string[] {
  return text
    .split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:or|and)\s+/i)
    .map((item) => item.replace(/^either\s+/i, '').trim())
    .filter((item) => item !== '');
}
