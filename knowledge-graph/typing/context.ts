// What the words around one mention of a name say about its type.
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { HONORIFICS, isRole } from '../lexicon/titles.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import { words } from '../lexicon/words.ts';
import type { Sentence, Token } from '../language/token.ts';
import type { NameSpan } from '../spans/name-span.ts';
import type { Evidence } from './scores.ts';

const PERSON_VERBS = words(
  'die smile laugh walk nod whisper marry bear sit stand cry shrug sigh stare sleep eat grow retire resign live shout remember recall tweet murmur shake row climb cook dance sing dream kneel grin frown hurry wake wander weep',
);
const ORGANISATION_VERBS = words(
  'acquire raise hire employ lay sue merge manufacture announce unveil open_source rebrand invest sell partner position',
);
const INSTITUTION_VERBS = words('vote rule fine legislate adjourn convict regulate ratify');
const MEDIA_VERBS = words('publish broadcast print air');
const PRODUCT_VERBS = words(
  'support provide offer let allow enable handle integrate run route expose cache ship deploy install scale connect intercept aggregate',
);
const PRODUCT_OBJECT_VERBS = words(
  'use install deploy configure adopt integrate switch migrate download update choose try run self-host evaluate upgrade',
);
const ORGANISATION_PARTS = words(
  'ceo cto founder founders shares share headquarters employees chairman board investors shareholders revenue profit workers factory staff customers spokesperson spokesman spokeswoman team background ecosystem mission business network engineers',
);
const PRODUCT_PARTS = words(
  'api apis documentation docs dashboard ui sdk pricing cli interface plugin plugins architecture codebase repository changelog gateway features latency overhead performance',
);
const PLACE_PARTS = words(
  'mayor population streets residents harbour harbor parliament government capital economy coast skyline voters president waterfront',
);
const PERSON_PARTS = words(
  'wife husband mother father sister brother son daughter hand hands face eyes voice death childhood friend career shoulder office',
);
const MEDIA_PARTS = words('editor reporter reporters newsroom readers columnist correspondent journalists');
const COPULAS = new Set(['is', 'was', 'are', 'were', 'became', 'remains', 'remained', "'s", '’s']);

export function evidenceOfContext(sentence: Sentence, span: NameSpan): readonly Evidence[] {
  const { tokens } = sentence;
  return [
    ...ofTitle(span),
    ...ofDateline(sentence, span),
    ...ofWordsBefore(tokens, span.from),
    ...ofWordsAfter(tokens, span.to),
    ...ofExamples(tokens, span.from),
  ];
}

/** "RIVERTON, 12 May 2026 —" and "ZURICH (Newswire) –": where a report comes from. */
function ofDateline(sentence: Sentence, span: NameSpan): readonly Evidence[] {
  const next = sentence.tokens[span.to]?.text ?? '';
  const after = sentence.tokens[span.to + 1];
  const opens = span.from === 0 && sentence.block === 'paragraph';
  const closes =
    /^[–—]$/.test(next) ||
    (next === ',' && (after?.pos === 'NUM' || /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(after?.lower ?? '')));
  return opens && closes && /^\p{Lu}{4,}$/u.test(sentence.tokens[span.to - 1]?.text ?? '') ? [{ type: 'place', weight: 3 }] : [];
}

function ofTitle(span: NameSpan): readonly Evidence[] {
  if (span.title === undefined) return [];
  const role = span.title
    .split(' ')
    .filter((word) => !HONORIFICS.has(word))
    .join(' ');
  return [{ type: 'person', weight: 4, ...(role === '' ? {} : { subtype: role }) }];
}

function ofWordsBefore(tokens: readonly Token[], from: number): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const article = tokens[from - 1]?.pos === 'DET' ? 1 : 0;
  const before = tokens[from - 1 - article];
  if (before === undefined) return [];
  const earlier = tokens[from - 2 - article];
  if (before.pos === 'NOUN' && article === 0) {
    const type = typeOfKindNoun(before.lemma) ?? typeOfKindNoun(before.lower);
    if (type !== undefined && type !== 'person') evidence.push({ type, weight: 2.5, subtype: before.lemma });
  }
  if (before.lower === 'in' && article === 0)
    evidence.push({
      type: 'place',
      weight: earlier?.lower === 'based' ? 2 : 0.75,
      ...(earlier?.lower === 'based' ? {} : { weak: true as const }),
    });
  if (/^(near|outside|throughout|across)$/.test(before.lower)) evidence.push({ type: 'place', weight: 0.9 });
  if (/^(via|using)$/.test(before.lower)) evidence.push({ type: 'product', weight: 0.8 });
  if (before.lower === 'of' && earlier !== undefined) {
    if (
      /^(mayor|town|city|village|residents|people|streets|island|port|north|south|east|west|county|governor|outskirts|coast)$/.test(
        earlier.lower,
      )
    )
      evidence.push({ type: 'place', weight: 3 });
    if (
      /^(ceo|founder|cofounder|co-founder|chairman|cto|cfo|employees|shareholders|shares|stake|customers|owners|owner|director|subsidiary)$/.test(
        earlier.lower,
      )
    )
      evidence.push({ type: 'organisation', weight: 2 });
  }
  if (before.lower === 'at' && earlier !== undefined && isRole(earlier.lemma)) evidence.push({ type: 'organisation', weight: 2 });
  if (before.pos === 'VERB' && PRODUCT_OBJECT_VERBS.has(before.lemma)) evidence.push({ type: 'product', weight: 0.8 });
  if (/^(say|write|add|explain|whisper|reply)$/.test(before.lemma) && before.pos === 'VERB')
    evidence.push({ type: 'person', weight: 0.8 });
  if (before.lower === 'told' || (before.lower === 'to' && earlier?.lemma === 'speak'))
    evidence.push({ type: 'media', weight: 0.8 });
  return evidence;
}

function ofWordsAfter(tokens: readonly Token[], to: number): readonly Evidence[] {
  const next = tokens[to];
  if (next === undefined) return [];
  if (next.text === '-' && tokens[to + 1]?.lower === 'based') return [{ type: 'place', weight: 2 }];
  const evidence: Evidence[] = [];
  if (next.text === "'s" || next.text === '’s') evidence.push(...ofPart(tokens[to + 1]));
  if (next.text === ',') evidence.push(...ofApposition(tokens, to + 1));
  if (next.pos === 'NOUN') {
    const kind = typeOfKindNoun(next.lemma);
    if (kind === 'product') evidence.push({ type: 'product', weight: 0.4 });
    if (kind === 'organisation') evidence.push({ type: 'organisation', weight: 0.8 });
  }
  if (COPULAS.has(next.lower) && tokens[to + 1]?.pos === 'DET') evidence.push(...ofPhrase(tokens, to + 2, 2.5));
  evidence.push(...ofVerb(tokens, to));
  return evidence;
}

function ofPart(part: Token | undefined): readonly Evidence[] {
  if (part === undefined) return [];
  if (ORGANISATION_PARTS.has(part.lower)) return [{ type: 'organisation', weight: 1.5 }];
  if (PRODUCT_PARTS.has(part.lower)) return [{ type: 'product', weight: 0.7 }];
  if (PLACE_PARTS.has(part.lower)) return [{ type: 'place', weight: 1.5 }];
  if (PERSON_PARTS.has(part.lower)) return [{ type: 'person', weight: 1.5 }];
  return MEDIA_PARTS.has(part.lower) ? [{ type: 'media', weight: 2 }] : [];
}

/** ", the mayor of …", ", a daily newspaper", ", chief executive of …", ", 45,". */
function ofApposition(tokens: readonly Token[], at: number): readonly Evidence[] {
  const first = tokens[at];
  if (first === undefined) return [];
  if (/^\d{2}$/.test(first.text) && tokens[at + 1]?.text === ',') return [{ type: 'person', weight: 3 }];
  if (first.pos === 'DET' && /^(a|an|the)$/.test(first.lower)) return ofPhrase(tokens, at + 1, 2.5);
  if (isRole(first.lower) || (isRole(tokens[at + 1]?.lower ?? '') && /^(NOUN|ADJ)$/.test(first.pos)))
    return ofPhrase(tokens, at, 2.5);
  return [];
}

/** The kind noun at the head of the noun phrase that starts here. */
function ofPhrase(tokens: readonly Token[], at: number, weight: number): readonly Evidence[] {
  let head: Token | undefined;
  for (let index = at; index < Math.min(tokens.length, at + 9); index++) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.pos === 'NOUN' || token.pos === 'PROPN') head = token;
    else if (token.text === ',' && /^(ADJ|NOUN)$/.test(tokens[index + 1]?.pos ?? '') && head === undefined) continue;
    else if (
      !/^(ADJ|ADV|NUM)$/.test(token.pos) &&
      !/^(-|and|&)$/.test(token.text) &&
      !(token.pos === 'VERB' && head === undefined)
    )
      break;
  }
  if (head === undefined) return [];
  const role = isRole(head.lower) ? 'person' : undefined;
  const type = role ?? typeOfKindNoun(head.lemma) ?? typeOfKindNoun(head.lower);
  return type === undefined ? [] : [{ type, weight, subtype: head.lemma.toLowerCase() }];
}

/** The verb that this name is the subject of. */
function ofVerb(tokens: readonly Token[], to: number): readonly Evidence[] {
  let at = to;
  while (at < to + 3 && /^(AUX|ADV|PART)$/.test(tokens[at]?.pos ?? '')) at++;
  const verb = tokens[at];
  if (verb?.pos !== 'VERB') return [];
  if (/^(his|her)$/.test(tokens[at + 1]?.lower ?? '')) return [{ type: 'person', weight: 1.5 }];
  if (PERSON_VERBS.has(verb.lemma)) return [{ type: 'person', weight: 1 }];
  if (INSTITUTION_VERBS.has(verb.lemma)) return [{ type: 'institution', weight: 0.8 }];
  if (ORGANISATION_VERBS.has(verb.lemma)) return [{ type: 'organisation', weight: 0.9 }];
  if (SPEECH_VERBS.has(verb.lemma))
    return [
      { type: 'person', weight: 0.6 },
      { type: 'organisation', weight: 0.3 },
    ];
  if (MEDIA_VERBS.has(verb.lemma)) return [{ type: 'media', weight: 0.5 }];
  // "is trusted by enterprises", "was founded in …": said of those who make things.
  if (/^(trust|found|head|head-quarter|fund|back)$/.test(verb.lemma) && tokens[at - 1]?.pos === 'AUX')
    return [{ type: 'organisation', weight: 1.5 }];
  return PRODUCT_VERBS.has(verb.lemma) && at === to ? [{ type: 'product', weight: 0.6 }] : [];
}

/** "gateways such as Bifrost, Kong and LiteLLM": the plural before names the kind of each. */
function ofExamples(tokens: readonly Token[], from: number): readonly Evidence[] {
  for (let at = from - 1; at >= Math.max(1, from - 14); at--) {
    const token = tokens[at];
    if (token === undefined || /^(VERB|AUX|PRON|SCONJ)$/.test(token.pos)) return [];
    const opens =
      token.lower === 'like' || token.lower === 'including' || (token.lower === 'as' && tokens[at - 1]?.lower === 'such');
    if (!opens) continue;
    const noun = tokens.slice(Math.max(0, at - 3), at).findLast((word) => word.pos === 'NOUN');
    const type = noun === undefined ? undefined : typeOfKindNoun(noun.lemma);
    return type === undefined || noun === undefined ? [] : [{ type, weight: 1.6, subtype: noun.lemma }];
  }
  return [];
}
