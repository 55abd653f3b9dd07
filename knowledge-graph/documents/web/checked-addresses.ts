// The addresses behind a host's name, each of them checked: one that is not public refuses the host.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { ShoalError } from '#foundation';
import { isPublicAddress } from './public-address.ts';

/** How hosts become addresses and which addresses may be connected to. */
export interface Network {
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly allows: (address: string) => boolean;
}

export const PUBLIC_INTERNET: Network = {
  resolve: async (host) => (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address),
  allows: isPublicAddress,
};

/** Throws `forbidden` for a host in a private network, `document_unreadable` for one that is not known. */
export async function checkedAddresses({ hostname }: URL, { resolve, allows }: Network): Promise<readonly string[]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  if (addresses.length === 0) {
    throw new ShoalError('document_unreadable', `There is no host named ${host}.`, { hint: 'Check the address.' });
  }
  if (addresses.every(allows)) return addresses;
  throw new ShoalError('forbidden', `${host} is in a private or reserved network, where documents are not fetched from.`, {
    hint: 'Download the document yourself and give the file.',
  });
}
