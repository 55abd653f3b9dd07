// The embedded skill `persona`: plain sentences about a named actor from its facts. Invariant: every name and act in
// the text is in the facts; where they say little, the persona is short.
import type { GenerateRequest } from '#foundation';
import { PersonaInput } from './actor-facts.ts';
import type { ActorFacts, PersonaText } from './actor-facts.ts';
import { aOrAn, asObject, capital, isBodyWord, thirdPerson, withArticle } from './phrases.ts';
import { OPPOSE_PREDICATES, SUPPORT_PREDICATES } from './stance-words.ts';

/** Answers `{task: 'persona'}` requests. */
export function personaSkill(request: GenerateRequest): string {
  const { actors } = PersonaInput.parse(request.input);
  return JSON.stringify({ personas: actors.map(composePersona) });
}

export function composePersona(facts: ActorFacts): PersonaText {
  return { name: facts.name, bio: bioOf(facts), role: roleOf(facts), goals: goalsOf(facts), voice: voiceOf(facts) };
}

const TYPE_WORDS = {
  person: 'public figure',
  organisation: 'organisation',
  media: 'news outlet',
  institution: 'public body',
} as const;
/** Subtypes that say nothing about what somebody does. */
const EMPTY_SUBTYPES = /^(man|woman|person|people|child|boy|girl|mother|father|organisation|organization|company|thing)$/;
const MEDIA_SUBTYPES =
  /\b(newspaper|paper|magazine|broadcaster|radio|station|channel|blog|journal|weekly|agency|podcast|site|newsletter)\b/;
/** Roles that are held in or over a body: "chair of …". */
const OFFICES =
  /^(owner|chair|chairman|chairwoman|head|founder|co-founder|secretary|director|president|captain|leader|manager|editor|ceo|chief executive|spokesperson|spokesman|spokeswoman|dean|principal|treasurer|member|minister|executive)\b/;
const LEADS = /\b(lead|head|chair|run|direct|manage|own|found)\b/;
const SERVES = /\b(work for|work at|work|join|member|represent|serve|speak for)\b/;

function kindOf({ subtype, type, name }: ActorFacts): string {
  const kind = subtype?.toLowerCase() ?? '';
  const isName = name.toLowerCase().split(/\s+/).at(-1) === kind;
  if (kind === '' || EMPTY_SUBTYPES.test(kind) || (isName && !isBodyWord(kind))) return TYPE_WORDS[type];
  return type === 'media' && !MEDIA_SUBTYPES.test(kind) ? TYPE_WORDS.media : kind;
}

function roleOf(facts: ActorFacts): string {
  const kind = kindOf(facts);
  if (facts.type !== 'person' || /\b(of|at|for)\b/.test(kind)) return clip(kind, 120);
  const body = facts.relations.find(
    ({ predicate, negated, object }) => !negated && /^\p{Lu}/u.test(object) && (LEADS.test(predicate) || SERVES.test(predicate)),
  );
  if (body === undefined) return /^(head|member|owner|leader)$/.test(kind) ? TYPE_WORDS.person : clip(kind, 120);
  // A "finance minister" has said of what already.
  if (/\S \S*minister\b/.test(kind)) return clip(kind, 120);
  const name = withArticle(body.object, false);
  if (OFFICES.test(kind)) return clip(`${kind} of ${name}`, 120);
  const tie = /\bown\b/.test(body.predicate) ? `owner of ${name}` : LEADS.test(body.predicate) ? `head of ${name}` : `at ${name}`;
  if (kind !== TYPE_WORDS.person) return clip(`${kind}, ${tie}`, 120);
  return clip(tie.startsWith('at ') ? `public figure, ${tie}` : tie, 120);
}

function bioOf(facts: ActorFacts): string {
  const sentences: string[] = [];
  const described = describing(facts);
  if (described !== '') sentences.push(described);
  else sentences.push(introduction(facts));
  const acts = actsOf(facts, sentences.join(' '));
  if (acts.length > 0)
    sentences.push(
      `${described === '' ? capital(withArticle(facts.name, facts.type === 'person')) : 'Also'} ${acts.join(' and ')}.`,
    );
  const said = sentences.join(' ');
  const quote = facts.statements.find(
    (statement) =>
      !said.includes(statement.slice(0, 60)) && statement.length >= 20 && statement.length <= 140 && !/[“”"]/.test(statement),
  );
  if (sentences.length < 2 && quote !== undefined) sentences.push(`On record: “${capital(quote.replace(/[.,;]+$/, ''))}.”`);
  return clip(sentences.join(' '), 600);
}

/** How far into a sentence its subject's name may stand, after a title or an article. */
const SUBJECT_BY = { person: 30, other: 6 } as const;

/** Sentences of the description, if this actor is their subject and they can stand at the top of a profile. */
function describing({ description = '', name, type }: ActorFacts): string {
  const text = firstSentences(description, 220);
  const last = type === 'person' ? (name.split(/\s+/).at(-1) ?? name) : name;
  const at = text.indexOf(last);
  const rest = text.slice(at + last.length);
  const isSubject =
    at >= 0 &&
    at <= (type === 'person' ? SUBJECT_BY.person : SUBJECT_BY.other) &&
    /\b(?:is|are|was|has|had|will|[a-z]+s|[a-z]+ed)\b/.test(rest);
  const opens =
    /^\p{Lu}/u.test(text) &&
    !/^(He|She|They|It|His|Her|Their|Its|This|That|These|Those|And|But|Also)\b/.test(text) &&
    !/["“”]|\byou\b/i.test(text);
  return isSubject && opens ? text : '';
}

function introduction(facts: ActorFacts): string {
  const role = roleOf(facts);
  const name = capital(withArticle(facts.name, facts.type === 'person'));
  const inName = facts.name.toLowerCase().includes(role);
  const known = !inName && !(Object.values(TYPE_WORDS) as readonly string[]).includes(role);
  const topics = facts.relations
    .filter(({ predicate, negated }) => predicate === 'write about' && !negated)
    .map(({ object }) => object);
  if (topics.length > 0) return `${name} writes about ${listed(topics.slice(0, 3).map(asObject))}.`;
  if (!known) {
    return facts.mentionedWith.length === 0
      ? `${name} is named in the documents, which say little more.`
      : `The documents mention ${withArticle(facts.name, facts.type === 'person')} in one breath with ${listed(facts.mentionedWith.map(asObject))}.`;
  }
  return OFFICES.test(role) && / of /.test(role) ? `${name} is ${role}.` : `${name} is ${aOrAn(role)}.`;
}

/** Where the actor stands towards things with a name, in the words of the documents' relations. */
function actsOf(facts: ActorFacts, said: string): readonly string[] {
  return facts.relations
    .filter(
      ({ predicate, object }) =>
        /^[a-z][a-z -]*$/.test(predicate) && object.length > 2 && object.length < 60 && !said.includes(object),
    )
    .filter(({ predicate }) => SUPPORT_PREDICATES.test(predicate) || OPPOSE_PREDICATES.test(predicate))
    .slice(0, 2)
    .map(({ predicate, object, negated }) => `${negated ? `does not ${predicate}` : thirdPerson(predicate)} ${asObject(object)}`);
}

function goalsOf(facts: ActorFacts): string[] {
  const held = facts.stances.filter(({ evidence, opinion }) => evidence > 0 && Math.abs(opinion) >= 0.15).slice(0, 2);
  if (held.length > 0) {
    return held.map(({ proposition, opinion }) =>
      opinion > 0 ? `Win support for this: “${trim(proposition)}.”` : `Keep this from being accepted: “${trim(proposition)}.”`,
    );
  }
  const [only, another] = facts.stances;
  const topic = only === undefined || another !== undefined ? 'the debate' : `“${trim(only.proposition)}”`;
  const byType = {
    person: facts.relations.some(({ predicate }) => predicate === 'write about')
      ? `Be read by those who follow ${topic}.`
      : `Be heard in ${another === undefined ? `the debate on ${topic}` : topic}.`,
    organisation: `Look after its own interest in ${topic}.`,
    media: `Report what happens around ${topic}, and early.`,
    institution: `Explain its position on ${topic} and keep to its procedures.`,
  };
  return [byType[facts.type]];
}

function voiceOf({ type, stances }: ActorFacts): string {
  const strong = stances.some(({ opinion, evidence }) => evidence > 0 && Math.abs(opinion) > 0.5);
  if (type === 'media') return 'Reports in a newsroom’s voice: who said what, attributed, without taking part.';
  if (type === 'institution') {
    return strong
      ? 'Official and measured, but firm about its position.'
      : 'Official and measured; announces rather than argues.';
  }
  if (type === 'organisation')
    return strong ? 'Speaks as “we”, argues its case openly.' : 'Speaks as “we”, careful and businesslike.';
  return strong ? 'Speaks in public and takes a clear side.' : 'Speaks in public, keeps to what is known.';
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const trim = (text: string): string => text.trim().replace(/[.!?]+$/, '');
const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;

/** Whole sentences from the start, as many as fit. */
function firstSentences(text: string, length: number): string {
  let kept = '';
  for (const sentence of text.match(/[^.!?]+[.!?]+["”’]?(?=\s|$)/g) ?? []) {
    if (kept.length + sentence.length > length) break;
    kept += sentence;
  }
  return kept.trim();
}
