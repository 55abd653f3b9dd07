// Addresses of documents as people give them or servers redirect to them.
import { ShoalError } from '#foundation';

const MAX_LENGTH = 2_000;
/** Ports below this belong to other services than the web, but for its own two. */
const FIRST_FREE_PORT = 1024;
const WEB_PORTS = new Set([80, 443]);

const refuse = (message: string, hint: string): ShoalError => new ShoalError('invalid_input', message, { hint });

export const isUrl = (operand: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(operand);

/** An http or https address without credentials. Throws `invalid_input`. */
export function documentUrl(text: string, base?: URL): URL {
  const shown = `“${text.slice(0, 120).replace(/\/\/[^/@]*@/, '//…@')}”`;
  const url = text.length > MAX_LENGTH ? null : URL.parse(text, base);
  if (url === null) throw refuse(`${shown} is not a web address.`, 'Give it in full, as in https://example.org/report.pdf.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refuse(`${shown} is not a web address: it begins with ${url.protocol}`, 'Only http and https addresses are read.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse(`${shown} carries a user name or password.`, 'Download the document yourself and give the file.');
  }
  const port = Number(url.port);
  if (url.port !== '' && port < FIRST_FREE_PORT && !WEB_PORTS.has(port)) {
    throw refuse(`${shown} names port ${url.port}, which is not the web's.`, 'Leave the port out.');
  }
  url.hash = '';
  return url;
}
