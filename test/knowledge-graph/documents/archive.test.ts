import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import { makeDocx } from './make-docx.ts';
import { makePdf, textLines } from './make-pdf.ts';
import { bytesOf, readAll, refusal } from './read.ts';

const MEGABYTE = 1024 * 1024;

describe('a ZIP of documents', () => {
  it('reads each file in it, in folders and archives inside too, and leaves litter out', async () => {
    const inner = zipSync({ 'corpus.jsonl': bytesOf('{"title":"A","text":"One."}\n{"title":"B","text":"Two."}\n') });
    const bytes = zipSync({
      'letters/a.docx': makeDocx([{ text: 'The quay is open.' }]),
      'b.pdf': makePdf([textLines(['The quay is closed.'])]),
      'deep/er/inner.zip': inner,
      '__MACOSX/._b.pdf': bytesOf('x'),
      'deep/.DS_Store': bytesOf('x'),
      'empty/': new Uint8Array(),
    });
    const documents = await readAll('all.zip', bytes);
    expect(documents.map(({ id, name, mediaType, text }) => [id, name, mediaType, text])).toEqual([
      ['d1', 'all.zip › letters/a.docx', 'docx', 'The quay is open.'],
      ['d2', 'all.zip › b.pdf', 'pdf', 'The quay is closed.'],
      ['d3', 'all.zip › deep/er/inner.zip › corpus.jsonl › A', 'jsonl', 'A\n\nOne.'],
      ['d4', 'all.zip › deep/er/inner.zip › corpus.jsonl › B', 'jsonl', 'B\n\nTwo.'],
    ]);
  });

  it('reports a bad file in it by its path and keeps the rest', async () => {
    const bytes = zipSync({
      'good.txt': bytesOf('The quay is open.'),
      'pics/photo.jpg': Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1),
      'cut.json': bytesOf('{"title": "Poll", "results": [{'),
      'nothing.txt': new Uint8Array(),
    });
    const { documents, rejected } = await readDocuments([{ name: 'mix.zip', bytes }]);
    expect(documents.map(({ name }) => name)).toEqual(['mix.zip › good.txt']);
    expect(rejected).toEqual([
      { name: 'mix.zip › pics/photo.jpg', reason: expect.stringMatching(/picture/) },
      { name: 'mix.zip › cut.json', reason: expect.stringMatching(/JSON.*damaged/) },
      { name: 'mix.zip › nothing.txt', reason: expect.stringMatching(/empty/) },
    ]);
  });

  it('reads Chinese names as Windows writes them', async () => {
    // 报告.txt in GBK, in the place of a name of the same length.
    const bytes = Buffer.from(zipSync({ 'ABCD.txt': bytesOf('The quay is open.') }));
    const name = Uint8Array.of(0xb1, 0xa8, 0xb8, 0xe6);
    for (let at = bytes.indexOf('ABCD'); at !== -1; at = bytes.indexOf('ABCD', at + 1)) bytes.set(name, at);
    expect((await readAll('gbk.zip', new Uint8Array(bytes))).map((document) => document.name)).toEqual(['gbk.zip › 报告.txt']);
  });

  it('says which file is protected by a password', async () => {
    const bytes = zipSync({ 'a.txt': bytesOf('The quay is open.'), 'b.txt': bytesOf('The quay is closed.') });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 46 < bytes.length; at++) {
      const isB = Buffer.from(bytes.subarray(at + 46, at + 51)).toString() === 'b.txt';
      if (view.getUint32(at, true) === 0x02014b50 && isB) view.setUint16(at + 8, view.getUint16(at + 8, true) | 1, true);
    }
    const { documents, rejected } = await readDocuments([{ name: 'x.zip', bytes }]);
    expect(documents).toHaveLength(1);
    expect(rejected).toEqual([{ name: 'x.zip › b.txt', reason: expect.stringMatching(/password/) }]);
  });

  it('has one allowance for all that is packed in it, however deep', async () => {
    const layer = zipSync({ 'zeros.txt': new Uint8Array(3 * MEGABYTE).fill(0x61) });
    const bomb = zipSync(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, at) => [`${at}.zip`, zipSync({ [`${at}.txt`]: bytesOf('x'), 'l.zip': layer })]),
      ),
    );
    const { documents, rejected } = await readDocuments([{ name: 'bomb.zip', bytes: bomb }], {
      limits: { maxExpandedBytes: 8 * MEGABYTE },
    });
    expect(documents.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(8 * MEGABYTE);
    expect(rejected.map(({ reason }) => reason).join(' ')).toMatch(/maxExpandedBytes/);
  });

  it('is refused where archives are nested without end', async () => {
    let nested = zipSync({ 'a.txt': bytesOf('The quay is open.') });
    for (let depth = 0; depth < 6; depth++) nested = zipSync({ 'n.zip': nested });
    const { documents, rejected } = await readDocuments([{ name: 'nest.zip', bytes: nested }]);
    expect(documents).toEqual([]);
    expect(rejected.map(({ reason }) => reason)).toEqual([expect.stringMatching(/more than 4 deep/)]);
  });

  it('is refused when it is cut off', async () => {
    const bytes = zipSync({ 'a.txt': bytesOf('The quay is open.') });
    expect(await refusal('cut.zip', bytes.subarray(0, bytes.length - 30))).toMatch(/damaged or incomplete/);
  });
});
