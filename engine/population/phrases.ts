// Small tools for phrases about named actors: third person, articles, roles.

const IRREGULAR: Readonly<Record<string, string>> = { be: 'is', have: 'has', do: 'does', go: 'goes' };

/** Third person singular of a verb phrase in its base form: "work for" → "works for", "be" → "is". */
export function thirdPerson(phrase: string): string {
  const [verb = '', ...rest] = phrase.trim().toLowerCase().split(/\s+/);
  const ending =
    IRREGULAR[verb] ??
    (/(s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`);
  return [ending, ...rest].join(' ');
}

const BODY =
  /\b(association|council|ministry|union|party|agency|commission|department|committee|board|authority|court|parliament|government|federation|alliance|institute|chamber|bureau|society|foundation|office|courier|times|post|herald|gazette|tribune|guardian|chronicle|bank|hotel|forum|group|service|trust|act|bill|law|treaty|league|inspectorate)\b/i;

export const isBodyWord = (word: string): boolean => BODY.test(word);

/** "the Harbour Traders Association", but "Riverline Buses", "Mara Voss" and "Estuary University". */
export const withArticle = (name: string, isPerson: boolean): string =>
  !isPerson && BODY.test(name) && !/^(the|de|la|le|der|die|das)\b/i.test(name) && !/\bbank of\b/i.test(name)
    ? `the ${name}`
    : name;

/** The object of an act: "supports the closure", "opposes the Old Quay plan", "backs lower fares". */
export function asObject(name: string): string {
  if (/^(the|a|an|his|her|their|its|this|that|all|some|no|more|less|fewer|lower|higher)\b/i.test(name) || /^\d/.test(name))
    return name;
  if (/^\p{Lu}/u.test(name)) return withArticle(name, false);
  return /(s|ing|ity|ness)$/.test(name) && !name.endsWith('ss') ? name : `the ${name}`;
}

export const aOrAn = (phrase: string): string => `${/^(?!uni|use|eu|one\b)[aeiou]/i.test(phrase) ? 'an' : 'a'} ${phrase}`;

/** With a capital at its beginning. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
