import { describe, expect, it } from 'vitest';
import { checkedAddresses, PUBLIC_INTERNET } from '../../../../knowledge-graph/documents/web/checked-addresses.ts';
import { documentUrl } from '../../../../knowledge-graph/documents/web/document-url.ts';
import { isPublicAddress } from '../../../../knowledge-graph/documents/web/public-address.ts';

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '198.17.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
  ])('%s is one', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['shared by carriers', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback, its far end', '127.255.255.254'],
    ['cloud metadata', '169.254.169.254'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['protocol assignments', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['6to4 relay', '192.88.99.1'],
    ['private', '192.168.0.1'],
    ['benchmarks', '198.19.255.255'],
    ['documentation', '203.0.113.9'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['mapped public', '::ffff:8.8.8.8'],
    ['compatible', '::7f00:1'],
    ['translated', '64:ff9b::a00:1'],
    ['translated locally', '64:ff9b:1::a00:1'],
    ['discard', '100::1'],
    ['Teredo', '2001::1'],
    ['documentation', '2001:db8::1'],
    ['6to4 of a private address', '2002:a00:1::1'],
    ['documentation', '3fff::1'],
    ['unique local', 'fd00::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['global with a zone', '2606:4700::1%eth0'],
    ['multicast', 'ff02::1'],
    ['no address', 'localhost'],
  ])('is not one that is %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('the address of a document', () => {
  it.each([
    ['file:///etc/passwd', /begins with file:/],
    ['ftp://example.org/a', /begins with ftp:/],
    ['gopher://example.org/a', /begins with gopher:/],
    ['data:text/plain,hello', /begins with data:/],
    ['https://user:secret@example.org/', /user name or password/],
    ['https://user@example.org/', /user name or password/],
    ['http://example.org:25/', /port 25/],
    ['http://example.org:22/', /port 22/],
    ['not an address', /not a web address/],
    ['http://', /not a web address/],
    [`https://example.org/${'a'.repeat(3000)}`, /not a web address/],
  ])('is not %s', (address, reason) => {
    expect(() => documentUrl(address)).toThrow(reason);
  });

  it('never repeats a password', () => {
    expect(() => documentUrl('https://user:secret@example.org/')).not.toThrow(/secret/);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
  ])('leads nowhere when it writes a private host as %s', async (address) => {
    await expect(checkedAddresses(documentUrl(address), PUBLIC_INTERNET)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('leads nowhere when one of its addresses is private', async () => {
    const network = { ...PUBLIC_INTERNET, resolve: () => Promise.resolve(['8.8.8.8', '10.0.0.1']) };
    await expect(checkedAddresses(documentUrl('https://mixed.example/'), network)).rejects.toMatchObject({ code: 'forbidden' });
    const allPublic = { ...PUBLIC_INTERNET, resolve: () => Promise.resolve(['8.8.8.8', '2606:4700::1']) };
    expect(await checkedAddresses(documentUrl('https://fine.example/'), allPublic)).toEqual(['8.8.8.8', '2606:4700::1']);
  });

  it('leads nowhere by the name that every machine has for itself', async () => {
    await expect(checkedAddresses(documentUrl('http://localhost/'), PUBLIC_INTERNET)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
