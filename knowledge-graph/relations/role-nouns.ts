// Nouns that say what somebody is by trade or office: "spokesman", "meteorologist", "Gov."
import type { Token } from '../language/token.ts';
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { isRole } from '../lexicon/titles.ts';
import { words } from '../lexicon/words.ts';

const ENDING = /(?:man|woman|person|ist|smith|wright|master)$/;

const MORE_ROLES = words(
  'official gov. gov sen. sen rep. rep gen. gen capt. capt lt. lt sgt. sgt col. col adm. maj. cmdr. commander congressman congresswoman assemblyman member expert attorney prosecutor undersecretary co-chairman director-general counsel aide head vice-chairman president-elect premier negotiator editor publisher envoy pilot astronaut coordinator administrator guru republican democrat soprano dancer musician singer actor actress dissident rebel lawmaker',
);

export function isRoleNoun(token: Token | undefined): boolean {
  if (token === undefined || !(token.pos === 'NOUN' || token.pos === 'PROPN' || token.pos === 'ADJ')) return false;
  const { lower, lemma } = token;
  return (
    isRole(lower) ||
    isRole(lemma) ||
    typeOfKindNoun(lemma) === 'person' ||
    MORE_ROLES.has(lower) ||
    MORE_ROLES.has(lemma) ||
    (lower.length > 5 && ENDING.test(lower))
  );
}
