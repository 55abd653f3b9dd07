import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#foundation';
import { cleanCode, cleanProse } from '../../../knowledge-graph/documents/clean-text.ts';
import { composeText } from '../../../knowledge-graph/documents/compose-text.ts';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import type { Block, Document } from '../../../knowledge-graph/contract.ts';
import { makeDocx } from './make-docx.ts';
import { epubParts, inlineRows, pptxParts, shape, slideTable, xlsxParts, zipOf } from './make-office.ts';
import { bytesOf, fixture, readAll, readOne } from './read.ts';

/** What every reader of a document may rely on. */
function expectNormalForm({ text, blocks }: Pick<Document, 'text' | 'blocks'>): void {
  let end = 0;
  for (const [index, block] of blocks.entries()) {
    const slice = text.slice(block.start, block.end);
    expect(slice).not.toBe('');
    expect(slice).toBe(slice.trim());
    expect(slice).not.toMatch(/\n\s*\n/);
    expect(text.slice(end, block.start)).toMatch(index === 0 ? /^$/ : /^\n\n?$/);
    end = block.end;
  }
  expect(end).toBe(text.length);
  expect(text).toBe(text.normalize('NFC'));
  expect(text.isWellFormed()).toBe(true);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
}

const KINDS = [
  'title',
  'heading',
  'paragraph',
  'list-item',
  'quote',
  'table-row',
  'code',
] as const satisfies readonly Block['kind'][];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ' ',
      '\n',
      '\r',
      '\t',
      '\u00a0',
      '\u3000',
      '\u200b',
      '\u0301',
      'e',
      '\u2028',
      '\ufeff',
      '\ud800',
      '\u0000',
      '我',
    ),
    maxLength: 30,
  }),
);

describe('the text we keep', () => {
  it('has ordered, trimmed, separate blocks over NFC text, whatever a parser hands over', () => {
    const property = fc.property(
      fc.array(fc.record({ kind: fc.constantFrom(...KINDS), text: anyText }), { maxLength: 8 }),
      (drafts) => {
        expectNormalForm(composeText(drafts));
      },
    );
    expect(fc.check(property)).toMatchObject({ failed: false });
  });

  it('stays the same when it is cleaned again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanProse(cleanProse(text))).toBe(cleanProse(text));
        expect(cleanCode(cleanCode(text))).toBe(cleanCode(text));
      }),
    );
  });

  it('is what the documents of every packed format have', async () => {
    const packed = zipSync({
      'a.pptx': zipOf(pptxParts([{ shapes: [shape(['The\u200B  quay'], 'title'), shape(['a\n\nb'])] }])),
      'b.xlsx': zipOf(
        xlsxParts([
          {
            name: 'Quays',
            rows: inlineRows([
              [' a ', 'b\n\nc'],
              ['1', '2'],
            ]),
          },
        ]),
      ),
      'c.epub': zipOf(epubParts({ 'a.xhtml': '<h1> One\n </h1><p>Zu\u0308rich<br/><br/>ist</p>' })),
      'd.jsonl': bytesOf(
        `${JSON.stringify({ title: ' A ', text: 'x\r\n\r\ny\u0000' })}\n${JSON.stringify({ title: 'B', text: 'z' })}`,
      ),
    });
    const documents = await readAll('all.zip', packed);
    expect(documents.map(({ mediaType }) => mediaType)).toEqual(['pptx', 'xlsx', 'epub', 'jsonl', 'jsonl']);
    for (const document of documents) expectNormalForm(document);
  });

  it('drops characters that nobody sees', async () => {
    const hidden = 'The\u200B quay\u00AD is\u202E open\u{E0041}\u{E0042}.\u0007';
    expect((await readOne('a.txt', hidden)).text).toBe('The quay is open.');
  });

  it('is the same however many readers share the work', async () => {
    const files = Array.from({ length: 6 }, (_, index) => ({
      name: `${index}.txt`,
      bytes: bytesOf(`Text number ${index} of the harbour council.\n\n${'The quay is open and long. '.repeat(30_000)}`),
    }));
    const together = await readDocuments(files);
    const single = await Promise.all(files.map(async (file) => (await readDocuments([file])).documents[0]));
    expect(together.documents.map((document) => ({ ...document, id: 'd1' }))).toEqual(single);
    expect(together.documents.map(({ id }) => id)).toEqual(['d1', 'd2', 'd3', 'd4', 'd5', 'd6']);
  });

  it('carries the identity of the bytes, and leaves the bytes alone', async () => {
    const bytes = fixture('office.docx');
    const before = sha256(bytes);
    expect((await readOne('office.docx', bytes)).sha256).toBe(before);
    expect(sha256(bytes)).toBe(before);
  });

  it('reports progress by file', async () => {
    const seen: string[] = [];
    await readDocuments(
      [
        { name: 'a.txt', bytes: bytesOf('The quay is open.') },
        { name: 'b.txt', bytes: bytesOf('The quay is closed.') },
      ],
      { onProgress: ({ done, total, message }) => seen.push(`${done}/${total} ${message}`) },
    );
    expect(seen).toEqual(['0/2 Reading a.txt', '1/2 Read a.txt', '1/2 Reading b.txt', '2/2 Read b.txt']);
  });
});

describe('readDocuments on arbitrary input', () => {
  const SEEDS: readonly Uint8Array[] = [
    fixture('office.pdf'),
    fixture('office.docx'),
    makeDocx([{ text: 'The quay is open.' }]),
    bytesOf('<html><body><table><tr><th>a<td>b</table><p>open <b>quay'),
    bytesOf('<rss version="2.0"><channel><item><title>A</title><description>&lt;p&gt;B</description></item></channel></rss>'),
    bytesOf('<?xml version="1.0"?><a><b c="d e">f</b><g>h</g></a>'),
    bytesOf('# Quay\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n  - y\n'),
    bytesOf('name,role\nMara,minister\nTomas,mayor\n'),
    bytesOf('{"a": [{"b": "c"}, {"b": "d"}]}'),
    bytesOf('{"title": "A", "text": "The quay is open."}\n{"title": "B", "text": "<p>The quay<ul><li>is closed."}\n'),
    zipSync({ 'a.txt': bytesOf('The quay is open.'), 'b/c.zip': zipSync({ 'd.csv': bytesOf('a,b\n1,2\n3,4\n') }) }),
  ];
  const PACKAGES = [
    pptxParts([{ shapes: [shape(['Quay'], 'title'), slideTable([['a'], ['b']])], notes: ['Wait.'] }]),
    xlsxParts(
      [{ name: 'Quays', rows: `${inlineRows([['a', 'b']])}<row><c s="1"><v>46086.5</v></c><c t="s"><v>0</v></c></row>` }],
      {
        strings: '<si><t>North</t></si>',
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>',
      },
    ),
    epubParts(
      { 'a.xhtml': '<h1>One</h1><table><tr><td>a</td><td>b</td></tr></table><p>The quay.' },
      { metadata: '<dc:date>2026</dc:date>' },
    ),
  ];
  /** A package whose parts are whole as zip entries and damaged as XML. */
  const damagedPackage = fc
    .tuple(
      fc.constantFrom(...PACKAGES),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 6 }),
    )
    .map(([parts, which, changes]) => {
      const names = Object.keys(parts);
      const name = names[which % names.length] ?? '';
      const damaged = changes.reduce((text, [at, word]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + word + text.slice(place + word.length);
      }, parts[name] ?? '');
      return zipOf({ ...parts, [name]: damaged });
    });
  const damagedFile = fc
    .tuple(
      fc.constantFrom(...SEEDS),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([seed, changes, keep]) => {
      const bytes = new Uint8Array(seed);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes.subarray(0, Math.ceil(bytes.length * keep));
    });
  const anyFile = fc.record({
    name: fc.constantFrom('a.txt', 'b.pdf', 'c.docx', 'd.html', 'e.csv', 'f.json', 'g.md', 'h.xml', 'i.jsonl', 'noname'),
    bytes: fc.oneof(fc.uint8Array({ maxLength: 300 }), anyText.map(bytesOf), damagedFile, damagedPackage),
  });

  it('never throws, answers for each file, and always gives the normal form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFile, { minLength: 20, maxLength: 40 }), async (files) => {
        const named = files.map(({ name, bytes }, at) => ({ name: `${at}-${name}`, bytes }));
        const { documents, rejected } = await readDocuments(named);
        for (const document of documents) expectNormalForm(document);
        const answered = new Set([...documents, ...rejected].map(({ name }) => name.split(' › ')[0]));
        expect(answered).toEqual(new Set(named.map(({ name }) => name)));
        for (const { reason } of rejected) expect(reason).toMatch(/^[A-Z].*[.]$/s);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
