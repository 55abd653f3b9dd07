import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import { docxParts, makeDocx } from './make-docx.ts';
import { makePdf, makePdfBomb, textLines } from './make-pdf.ts';
import { bytesOf, fixture, readOne, refusal } from './read.ts';

const DOCX = makeDocx([{ text: 'The quay costs forty million crowns, said the minister of transport on Monday.' }]);
const MEGABYTE = 1024 * 1024;

/** Takes a parser far longer than any limit used here: deep emphasis, each mark of which may open or close. */
const SLOW = bytesOf(`# A\n\n# B\n\n${'*a _b '.repeat(250_000)}${'c_ d* '.repeat(250_000)}`);

describe('a file that cannot be read', () => {
  it.each([
    ['nothing.md', new Uint8Array(), /is empty/],
    ['blank.txt', bytesOf(' \n\t\r\n '), /white space/],
    [
      'random.txt',
      Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919 + (index >> 3) * 104729) % 256),
      /unknown binary/,
    ],
    [
      'photo.txt',
      Uint8Array.of(
        0x89,
        0x50,
        0x4e,
        0x47,
        0x0d,
        0x0a,
        0x1a,
        0x0a,
        0,
        0,
        0,
        13,
        0x49,
        0x48,
        0x44,
        0x52,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        1,
        8,
        6,
        0,
        0,
        0,
      ),
      /picture.*OCR/,
    ],
    ['locked.pdf', fixture('locked.pdf'), /password/],
    ['scan.pdf', makePdf([[], [], []], { pictures: true }), /3 pages but no text.*OCR/],
    ['cut.pdf', makePdf([textLines(['The quay is open.'])]).subarray(0, 40), /PDF.*damaged/],
    ['cut.docx', DOCX.subarray(0, DOCX.length - 200), /damaged or incomplete/],
    ['sheet.docx', zipSync({ 'xl/workbook.xml': bytesOf('<workbook/>') }), /workbook without anything/],
    ['slides.pptx', zipSync({ 'ppt/presentation.xml': bytesOf('<p/>') }), /presentation without text.*OCR/],
    ['binary.xlsb', zipSync({ 'xl/workbook.bin': bytesOf('x') }), /XLSB.*xlsx or CSV/],
    ['letter.odt', zipSync({ 'content.xml': bytesOf('<x/>') }), /OpenDocument.*docx/],
    ['empty.zip', zipSync({}), /archive without any files/],
    ['letter.rtf', bytesOf('{\\rtf1\\ansi Hello}'), /Rich Text.*docx/],
    ['cut.json', bytesOf('{"title": "Poll", "results": [{"party": "Gre'), /JSON.*damaged/],
    ['cut.xml', bytesOf('<?xml version="1.0"?><a><b>text</a>'), /XML.*damaged.*line 1/],
    ['empty.rss', bytesOf('<rss version="2.0"><channel><title>T</title></channel></rss>'), /without any items/],
    ['app.html', bytesOf('<html><body><div id="root"></div><script>start()</script></body></html>'), /without text.*scripts/],
  ])('%s is refused with the reason and what to do', async (name, bytes, reason) => {
    expect(await refusal(name, bytes)).toMatch(reason);
  });

  it('does not stop the others, and ids follow the order of the files', async () => {
    const { documents, rejected } = await readDocuments([
      { name: 'a.txt', bytes: bytesOf('The first text stands here.') },
      { name: 'b.txt', bytes: new Uint8Array() },
      { name: 'c.txt', bytes: bytesOf('The third text stands here.') },
    ]);
    expect(documents.map(({ id, name }) => [id, name])).toEqual([
      ['d1', 'a.txt'],
      ['d2', 'c.txt'],
    ]);
    expect(rejected.map((file) => file.name)).toEqual(['b.txt']);
  });

  it('is read by its content when its name lies', async () => {
    expect((await readOne('page.pdf', '<!doctype html><html><body><p>The quay is open.</p></body></html>')).mediaType).toBe(
      'html',
    );
    expect((await readOne('report.txt', makePdf([textLines(['The quay is open.'])]))).mediaType).toBe('pdf');
    expect((await readOne('report.md', DOCX)).mediaType).toBe('docx');
    expect((await readOne('cars.bin', 'BMW announced a recall on Monday.')).mediaType).toBe('text');
  });

  it('is read once when it comes twice', async () => {
    const bytes = bytesOf('The quay is open.');
    const same = { name: 'again.txt', bytes };
    const { documents, rejected } = await readDocuments([{ name: 'first.txt', bytes }, same, same]);
    expect(documents.map((document) => document.name)).toEqual(['first.txt']);
    expect(rejected.map((file) => file.name)).toEqual(['again.txt', 'again.txt']);
    expect(rejected[0]?.reason).toContain('"first.txt"');
  });
});

describe('limits', () => {
  it('names the limit that a file is over', async () => {
    expect(await refusal('big.txt', 'x'.repeat(3000), { maxFileBytes: 2048 })).toMatch(
      /2\.9 kB; the limit is 2\.0 kB \(maxFileBytes\)/,
    );
    expect(await refusal('long.txt', 'word '.repeat(100), { maxCharacters: 99 })).toMatch(/maxCharacters/);
    const pages = Array.from({ length: 4 }, () => textLines(['The quay is open.']));
    expect(await refusal('pages.pdf', makePdf(pages), { maxPages: 3 })).toMatch(/4 pages; the limit is 3 \(maxPages\)/);
  });

  it('refuses a zip bomb by what its directory says', async () => {
    const bomb = zipSync({ ...docxParts([{ text: 'x' }]), 'word/media/zeros.xml': new Uint8Array(24 * MEGABYTE) });
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await refusal('bomb.docx', bomb)).toMatch(/maxExpandedBytes and maxExpansionRatio/);
  });

  it('refuses a zip bomb whose directory lies', async () => {
    const zeros = new Uint8Array(24 * MEGABYTE);
    const bomb = zipSync({ ...docxParts([{ text: 'x' }]), 'word/media/zeros.xml': zeros });
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    for (let at = 0; at + 46 < bomb.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === zeros.length)
        view.setUint32(at + 24, 100, true);
    }
    expect(await refusal('bomb.docx', bomb)).toMatch(/maxExpandedBytes and maxExpansionRatio/);
  });

  it('lets honest compression pass', async () => {
    const long = makeDocx(Array.from({ length: 20_000 }, () => ({ text: 'The quay is open and the quay is closed.' })));
    expect(deflateRawSync(long).length).toBeLessThan(MEGABYTE);
    expect((await readOne('long.docx', long)).text.length).toBeGreaterThan(800_000);
  });

  it('refuses a PDF whose streams unpack too far', async () => {
    expect(await refusal('bomb.pdf', makePdfBomb(16 * MEGABYTE), { maxExpandedBytes: 8 * MEGABYTE })).toMatch(/maxExpandedBytes/);
  });

  it('does not expand entities without end', async () => {
    const levels = Array.from({ length: 8 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`).join('');
    const { documents, rejected } = await readDocuments([
      {
        name: 'laughs.xml',
        bytes: bytesOf(
          `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">${levels}]><r><p>&e8; said the clown in the ring</p></r>`,
        ),
      },
    ]);
    const characters = documents.reduce((sum, document) => sum + document.text.length, 0);
    expect(characters).toBeLessThan(2_000_000);
    expect(documents.length + rejected.length).toBe(1);
  });

  it('ends a parser that takes too long, keeps the event loop free, and goes on with the next file', async () => {
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), 20);
    const { documents, rejected } = await readDocuments(
      [
        { name: 'slow.md', bytes: SLOW },
        { name: 'quick.txt', bytes: bytesOf('The quay is open.') },
      ],
      { limits: { timeoutMs: 2500 } },
    );
    clearInterval(clock);
    expect(rejected).toEqual([{ name: 'slow.md', reason: expect.stringMatching(/longer than 2\.5 s \(timeoutMs\)/) }]);
    expect(documents.map((document) => document.text)).toEqual(['The quay is open.']);
    expect(ticks).toBeGreaterThan(10);
  });
});

describe('what throws', () => {
  it('is cancellation, at once, in the middle of a file', async () => {
    const controller = new AbortController();
    const started = performance.now();
    setTimeout(() => controller.abort(), 400);
    const reading = readDocuments([{ name: 'slow.md', bytes: SLOW }], { signal: controller.signal });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('is cancellation before the start', async () => {
    const reading = readDocuments([{ name: 'a.txt', bytes: bytesOf('hello') }], { signal: AbortSignal.abort() });
    await expect(reading).rejects.toBeInstanceOf(ShoalError);
  });

  it.each<[Record<string, number>, RegExp]>([
    [{ maxFileBytes: -1 }, /maxFileBytes must be a positive number/],
    [{ timeoutMs: Number.NaN }, /timeoutMs must be a positive number/],
    [{ maxFileByte: 5 }, /no reading limit named "maxFileByte"/],
  ])('is a limit that makes no sense: %o', async (limits, message) => {
    await expect(readDocuments([], { limits })).rejects.toThrow(message);
  });

  it('is never an empty list', async () => {
    expect(await readDocuments([])).toEqual({ documents: [], rejected: [] });
  });
});
