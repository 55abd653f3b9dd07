// Addresses of machines that lead to people: public IP addresses and hardware addresses.
import { isIPv6 } from 'node:net';
import { near } from './rule.ts';
import type { Rule } from './rule.ts';

const VERSION = /\b(?:v|ver(?:sion)?|release|build|firmware|section|§|chapter|oid)[\s.:]*$/i;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

const ipv4: Rule = {
  label: 'ip',
  minDigits: 4,
  hint: /\d\.\d/,
  pattern: new RegExp(`(?<![\\w.-])${OCTET}(?:\\.${OCTET}){3}(?![\\w-]|\\.\\d)`, 'g'),
  accept: (value, before) => {
    // Loopback, unspecified, masks and multicast name no person; private ranges only do inside one house.
    if (/^(?:0|127|22[4-9]|23\d|24\d|25\d)\./.test(value) || near(before, VERSION, 16)) return undefined;
    if (/^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(value)) return 0.4;
    return 0.9;
  },
};

const ipv6: Rule = {
  label: 'ip',
  minDigits: 1,
  hint: /:[0-9A-Fa-f]{0,4}:/,
  pattern: /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])/g,
  accept: (value) => {
    const groups = value.split(':').filter((group) => group !== '');
    return groups.length >= 3 && /\d/.test(value) && isIPv6(value) ? 0.9 : undefined;
  },
};

const mac: Rule = {
  label: 'mac',
  minDigits: 1,
  hint: /[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]/,
  pattern: /(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])/g,
  accept: (value) => (/^(?:00[:-]){5}|^(?:ff[:-]){5}/i.test(value) ? undefined : 0.95),
};

export const NETWORK_RULES: readonly Rule[] = [ipv4, ipv6, mac];
