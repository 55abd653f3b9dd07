// What the form of a name says about its type, whatever stands around it.
import { typeOfKnownName } from '../lexicon/gazetteer.ts';
import { genderOfGivenName } from '../lexicon/given-names.ts';
import { LEGAL_SUFFIXES, OF_HEADS, typeOfNameHead } from '../lexicon/heads.ts';
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

const isGivenName = (token: Token): boolean => genderOfGivenName(token.text) !== undefined;

function headEvidence(tokens: readonly Token[], first: Token, last: Token): Evidence | undefined {
  if (tokens.length < 2) return undefined;
  const ofAt = tokens.findIndex((token) => token.lower === 'of' || token.lower === 'for');
  const head = ofAt > 0 && OF_HEADS.has(tokens[ofAt - 1]?.lower ?? '') ? tokens[ofAt - 1] : last;
  if (head === undefined) return undefined;
  const type = typeOfNameHead(head.lower);
  if (type === undefined) return undefined;
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
  const unseen = tokens.every((token) => cases.lower(token.lower) === 0);
  return proper && unseen && tokens.length <= 3 ? [{ type: 'person', weight: 0.6 }] : [];
}
