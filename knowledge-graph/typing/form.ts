// What the form of a name says about its type, whatever stands around it.
import { GENERIC_NOUNS, VAGUE_ALONE } from '../lexicon/function-words.ts';
import type { EntityType } from '../contract.ts';
import { typeOfKnownName } from '../lexicon/gazetteer.ts';
import { genderOfGivenName } from '../lexicon/given-names.ts';
import { LEGAL_SUFFIXES, OF_HEADS, typeOfFirstWord, typeOfNameHead } from '../lexicon/heads.ts';
import { isKnownPlace } from '../lexicon/places.ts';
import { isAcronym, isMixedCase, startsCapital } from '../language/token.ts';
import type { Token } from '../language/token.ts';
import type { CaseCounts } from '../spans/case-counts.ts';
import type { Evidence } from './scores.ts';

export function evidenceOfForm(tokens: readonly Token[], cases: CaseCounts): readonly Evidence[] {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return [];
  const lower = tokens.map((token) => token.lower).join(' ');
  const known = typeOfKnownName(lower) ?? typeOfKnownName(lower.replace(/\.$/, ''));
  if (known !== undefined) return [{ type: known, weight: 6 }];
  if (isKnownPlace(lower)) return [{ type: 'place', weight: 4 }];

  const evidence: Evidence[] = [];
  const nameType = tokens.length === 1 ? first.nameType : undefined;
  if (nameType !== undefined)
    return [{ type: CHINESE_TAILS.find(([tail]) => tail.test(first.text))?.[1] ?? nameType, weight: 2 }];
  const head = headEvidence(tokens, first, last);
  if (head !== undefined) evidence.push(head);
  if (LEGAL_SUFFIXES.has(last.lower) && tokens.length > 1) evidence.push({ type: 'organisation', weight: 4, subtype: 'company' });
  if (head === undefined) evidence.push(...personEvidence(tokens, first, cases));
  if (/^\d/.test(last.text) && tokens.length > 1) evidence.push({ type: 'product', weight: 2.5 });
  if (tokens.length === 1 && isMixedCase(first.text)) evidence.push({ type: 'product', weight: 1 });
  if (
    tokens.length > 1 &&
    head === undefined &&
    cases.noun(last.lower) > 0 &&
    cases.lower(first.lower) === 0 &&
    !isGivenName(first)
  ) {
    evidence.push({ type: 'product', weight: 1.2 });
  }
  const owner = tokens.length > 1 ? typeOfKnownName(first.lower) : undefined;
  if (head === undefined && (owner === 'product' || owner === 'organisation')) evidence.push({ type: 'product', weight: 1.6 });
  return evidence;
}

const CHINESE_TAILS: readonly (readonly [RegExp, EntityType])[] = [
  [/(大学|学院|法院|委员会|政府|部|局|厅|医院|中央银行|议会)$/u, 'institution'],
  [/(社|报|日报|晚报|电视台|电台|广播|杂志)$/u, 'media'],
];

const isGivenName = (token: Token): boolean => genderOfGivenName(token.text) !== undefined;

function headEvidence(tokens: readonly Token[], first: Token, last: Token): Evidence | undefined {
  if (tokens.length < 2) return undefined;
  const ofAt = tokens.findIndex((token) => token.lower === 'of' || token.lower === 'for');
  const head = ofAt > 0 && OF_HEADS.has(tokens[ofAt - 1]?.lower ?? '') ? tokens[ofAt - 1] : last;
  if (head === undefined) return undefined;
  const type = typeOfNameHead(head.lower);
  if (typeOfFirstWord(first.lower) === 'media' && tokens.length === 2)
    return { type: 'media', weight: 2.5, subtype: /^(radio|tv|channel)$/.test(first.lower) ? 'broadcaster' : 'newspaper' };
  if (type === undefined) {
    const opening = typeOfFirstWord(first.lower);
    return opening === undefined ? undefined : { type: opening, weight: 2.5 };
  }
  // "Daily" or "Mirror" after a given name is a surname as likely as a newspaper.
  const weight = isGivenName(first) && tokens.length === 2 && type !== 'organisation' ? 2 : 3.5;
  return { type, weight, subtype: head.lower };
}

function personEvidence(tokens: readonly Token[], first: Token, cases: CaseCounts): readonly Evidence[] {
  const proper = tokens.every((token) => startsCapital(token.text) && !isAcronym(token.text) && !isMixedCase(token.text));
  const initials = tokens.some((token) => /^\p{Lu}\.$/u.test(token.text));
  if (tokens.length === 1)
    return isGivenName(first) && proper && cases.lower(first.lower) === 0 ? [{ type: 'person', weight: 1.5 }] : [];
  if (tokens.length > 4) return [];
  if (initials && proper) return [{ type: 'person', weight: 2.5 }];
  if (isGivenName(first) && proper) return [{ type: 'person', weight: 3 }];
  const unseen = tokens.every(({ lower }) => cases.lower(lower) === 0 && !GENERIC_NOUNS.has(lower) && !VAGUE_ALONE.has(lower));
  // "Halden Cells", "Solway Trucks": a plural at the end is a trade, not a family.
  const plural = /[^sui]s$/.test(tokens.at(-1)?.lower ?? '') && (tokens.at(-1)?.text.length ?? 0) > 4;
  if (proper && plural) return [{ type: 'organisation', weight: 1, weak: true }];
  return proper && unseen && tokens.length <= 3 ? [{ type: 'person', weight: 0.75, weak: true }] : [];
}
