// Third person singular of an English verb phrase in its base form: "work for" → "works for", "be" → "is".

const IRREGULAR: Readonly<Record<string, string>> = { be: 'is', have: 'has', do: 'does', go: 'goes' };

export function thirdPerson(phrase: string): string {
  const [verb = '', ...rest] = phrase.trim().toLowerCase().split(/\s+/);
  const ending =
    IRREGULAR[verb] ??
    (/(s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`);
  return [ending, ...rest].join(' ');
}
