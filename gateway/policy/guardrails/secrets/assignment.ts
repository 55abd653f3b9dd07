// Values given to a name that says "secret": `password = "…"`, `"apiKey": "…"`. The value must look drawn at random,
// or every sentence about passwords would be one.
import type { Finding } from '../check.ts';

const NAME =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|account[_-]?key|private[_-]?key|credentials?|(?:^|[_-])key|key[_-]?base)["'`\]]{0,2}\s{0,3}$/i;
const PASSWORD_NAME = /pass|pwd/i;
const VALUE = /^[\s"'`]{0,3}((?:Bearer |Basic )?)([^\s"'`,;<>(){}[\]]{8,512})/;
/** What stands there when there is no secret: variables, samples, things to fill in. */
const PLACEHOLDER =
  /^\$|^%|process\.env|os\.environ|getenv|example|sample|placeholder|change[_-]?me|your[_-]|[_-]here$|^x+$|^\*+$|\.\.\.|…|^(.)\1+$|^(?:null|undefined|true|false|none|password\d*)$/i;

/** `:` and `=` are rare enough in prose that looking around each costs little. */
export function findAssignments(text: string, found: Finding[]): void {
  for (const sign of ['=', ':']) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      if (text.charCodeAt(at + 1) === 0x2f || at === 0) continue;
      const name = NAME.exec(text.slice(Math.max(0, at - 32), at));
      if (name === null) continue;
      const value = VALUE.exec(text.slice(at + 1, at + 600));
      const secret = value?.[2];
      if (value === null || secret === undefined) continue;
      const confidence = PLACEHOLDER.test(secret) ? undefined : looksDrawn(secret, PASSWORD_NAME.test(name[0]));
      if (confidence === undefined) continue;
      const end = at + 1 + value[0].length;
      found.push({ start: end - secret.length, end, label: 'secret', confidence });
    }
  }
}

/** How sure one may be that nobody wrote this as a word. */
function looksDrawn(value: string, isPassword: boolean): number | undefined {
  const digits = /\d/.test(value);
  const kinds = Number(/[a-z]/.test(value)) + Number(/[A-Z]/.test(value)) + Number(digits) + Number(/[^A-Za-z0-9]/.test(value));
  if (isPassword && value.length >= 8 && kinds >= 3) return 0.75;
  if (value.length < 16 || !digits) return undefined;
  const entropy = bitsPerCharacter(value);
  if (/^[0-9a-fA-F-]+$/.test(value)) return entropy >= 3 && /[a-fA-F]/.test(value) ? 0.7 : undefined;
  return entropy >= 3.5 && kinds >= 3 ? 0.85 : undefined;
}

/** Shannon entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
