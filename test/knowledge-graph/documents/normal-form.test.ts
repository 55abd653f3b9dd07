import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#foundation';
import { cleanCode, cleanProse } from '../../../knowledge-graph/documents/clean-text.ts';
import { composeText } from '../../../knowledge-graph/documents/compose-text.ts';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import type { Block, Document } from '../../../knowledge-graph/contract.ts';
import { makeDocx } from './make-docx.ts';
import { bytesOf, fixture, readOne } from './read.ts';

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
  ];
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
    name: fc.constantFrom('a.txt', 'b.pdf', 'c.docx', 'd.html', 'e.csv', 'f.json', 'g.md', 'h.xml', 'noname'),
    bytes: fc.oneof(fc.uint8Array({ maxLength: 300 }), anyText.map(bytesOf), damagedFile),
  });

  it('never throws, answers for each file, and always gives the normal form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFile, { minLength: 20, maxLength: 40 }), async (files) => {
        const { documents, rejected } = await readDocuments(files);
        for (const document of documents) expectNormalForm(document);
        expect(rejected.length + new Set(documents.map((document) => document.sha256)).size).toBe(files.length);
        for (const { reason } of rejected) expect(reason).toMatch(/^[A-Z].*[.]$/s);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
