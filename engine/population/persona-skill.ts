// The embedded skill `persona`: plain sentences about a named actor from its facts. Invariant: every name and act in
// the text is in the facts; where they say little, the persona is short.
import type { GenerateRequest } from '#foundation';
import { PersonaInput } from './actor-facts.ts';
import type { ActorFacts, PersonaText } from './actor-facts.ts';
import { thirdPerson } from './verbs.ts';

/** Answers `{task: 'persona'}` requests. */
export function personaSkill(request: GenerateRequest): string {
  const { actors } = PersonaInput.parse(request.input);
  return JSON.stringify({ personas: actors.map(composePersona) });
}

const TYPE_WORDS = {
  person: 'public figure',
  organisation: 'organisation',
  media: 'news outlet',
  institution: 'public body',
} as const;

export function composePersona(facts: ActorFacts): PersonaText {
  return { name: facts.name, bio: bioOf(facts), role: roleOf(facts), goals: goalsOf(facts), voice: voiceOf(facts) };
}

function roleOf(facts: ActorFacts): string {
  const tie = facts.relations.find(({ predicate, negated, object }) => !negated && object !== '' && POST.test(predicate));
  const kind = facts.subtype?.toLowerCase() ?? TYPE_WORDS[facts.type];
  if (tie === undefined || facts.type !== 'person') return clip(kind, 120);
  const phrase = /\b(lead|head|chair|run|direct|manage)\b/.test(tie.predicate) ? `head of ${tie.object}` : `at ${tie.object}`;
  return clip(facts.subtype === undefined ? (phrase.startsWith('at ') ? `works ${phrase}` : phrase) : `${kind}, ${phrase}`, 120);
}
const POST = /\b(work for|work at|work|lead|head|chair|run|direct|manage|join|be member of|represent)\b/;

function bioOf(facts: ActorFacts): string {
  const sentences: string[] = [];
  const described = firstSentences(facts.description ?? '', 220);
  // A description that opens with a pronoun would leave the reader asking who.
  if (described !== '' && !/^(he|she|they|it|his|her|their|its|this|that|these|those|and|but|also)\b/i.test(described))
    sentences.push(described);
  if (sentences.length === 0) sentences.push(`${facts.name} appears in the documents as ${article(roleOf(facts))}.`);
  const acts = facts.relations
    .filter(
      ({ object, predicate }) =>
        object.length > 1 && object.length < 60 && /^[a-z][a-z -]+$/i.test(predicate) && !described.includes(object),
    )
    .slice(0, 2)
    .map(
      ({ predicate, object, negated }) => `${negated ? `does not ${predicate.toLowerCase()}` : thirdPerson(predicate)} ${object}`,
    );
  if (acts.length > 0) sentences.push(`According to the documents, ${facts.name} ${acts.join(' and ')}.`);
  const quote = facts.statements.find((statement) => statement.length <= 140);
  if (sentences.length < 2 && quote !== undefined) sentences.push(`On record: “${quote.replace(/[.]$/, '')}.”`);
  return clip(sentences.join(' '), 600);
}

function goalsOf(facts: ActorFacts): string[] {
  const held = facts.stances.filter(({ evidence, opinion }) => evidence > 0 && Math.abs(opinion) >= 0.15).slice(0, 2);
  const goals = held.map(({ proposition, opinion }) =>
    opinion > 0 ? `Win support for this: “${trim(proposition)}.”` : `Keep this from being accepted: “${trim(proposition)}.”`,
  );
  if (goals.length > 0) return goals;
  const topic = facts.stances[0]?.label;
  const about = topic === undefined ? 'the matter' : `“${topic}”`;
  const byType = {
    person: `Be heard on ${about}.`,
    organisation: `Look after the organisation’s interest in ${about}.`,
    media: `Report what happens around ${about}, and early.`,
    institution: `Explain its position on ${about} and keep to its procedures.`,
  };
  return [byType[facts.type]];
}

function voiceOf({ type, stances }: ActorFacts): string {
  const strong = stances.some(({ opinion, evidence }) => evidence > 0 && Math.abs(opinion) > 0.5);
  if (type === 'media') return 'Reports in a newsroom’s voice: who said what, attributed, without taking part.';
  if (type === 'institution')
    return strong
      ? 'Official and measured, but firm about its position.'
      : 'Official and measured; announces rather than argues.';
  if (type === 'organisation')
    return strong ? 'Speaks as “we”, argues its case openly.' : 'Speaks as “we”, careful and businesslike.';
  return strong ? 'Speaks in public and takes a clear side.' : 'Speaks in public, keeps to what is known.';
}

const trim = (text: string): string => text.trim().replace(/[.!?]+$/, '');
const article = (phrase: string): string =>
  /^(works|at|head|chair)\b/.test(phrase) ? `someone who is ${phrase}` : `${/^[aeiou]/i.test(phrase) ? 'an' : 'a'} ${phrase}`;
const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;

/** Whole sentences from the start, as many as fit. */
function firstSentences(text: string, length: number): string {
  let kept = '';
  for (const sentence of text.match(/[^.!?]+[.!?]+(?=\s|$)/g) ?? []) {
    if (kept.length + sentence.length > length) break;
    kept += sentence;
  }
  return kept.trim();
}
