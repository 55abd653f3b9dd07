// E-mail addresses, read outwards from the `@`, so a text without one costs a single scan.
import type { Finding } from '../check.ts';

const LOCAL = /[\p{L}\p{N}](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_+-])?$/u;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+([\p{L}]{2,24})(?![\p{L}\p{N}-])/u;
/** Names of files (`logo@2x.png`) end as domains do. */
const FILE_ENDINGS = new Set([
  'png',
  'jpg',
  'jpeg',
  'gif',
  'svg',
  'webp',
  'avif',
  'ico',
  'js',
  'ts',
  'css',
  'json',
  'html',
  'pdf',
  'txt',
]);

export function findEmails(text: string): Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const local = LOCAL.exec(asciiTail(text.slice(Math.max(0, at - 64), at)))?.[0];
    const domain = DOMAIN.exec(text.slice(at + 1, at + 256));
    if (local === undefined || domain === null || FILE_ENDINGS.has((domain[1] ?? '').toLowerCase())) continue;
    const start = at - local.length;
    const end = at + 1 + domain[0].length;
    // `@user@server` is a handle, `//user:password@host` a URL, `git@host:path` a remote.
    if (text[start - 1] === '@' || /\/\/[^\s/]*:$/.test(text.slice(Math.max(0, start - 80), start))) continue;
    if (local === 'git' && text[end] === ':') continue;
    found.push({ start, end, label: 'email', confidence: 0.95 });
  }
  return found;
}

/** Chinese and Japanese put no space before an address: there it begins after the last such character. */
function asciiTail(text: string): string {
  let index = text.length;
  while (index > 0 && text.charCodeAt(index - 1) < 0x2e80) index--;
  return text.slice(index);
}
