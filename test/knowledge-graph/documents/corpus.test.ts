import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import { bytesOf, outline, readAll } from './read.ts';

const line = (value: object): string => `${JSON.stringify(value)}\n`;

describe('a corpus', () => {
  it('makes a document of each line, with title, date, address and language', async () => {
    const documents = await readAll(
      'news.jsonl',
      line({
        id: 7,
        title: 'Tax & ships',
        text: 'The council rejected the tax.\n\n- 21 to 18\n- at night',
        date: '2026-05-18',
        url: 'https://news.example/7',
      }) +
        line({ title: '港口', text: '市议会否决了这项税收。', publishedAt: '2026年5月19日' }) +
        '\n' +
        line({
          _id: 'x-3',
          title: '',
          text: '<p>The <b>union</b> objects.</p><table><tr><th>For</th><th>Against</th></tr><tr><td>18</td><td>21</td></tr></table>',
        }),
    );
    expect(
      documents.map(({ id, name, title, publishedAt, url, language }) => ({ id, name, title, publishedAt, url, language })),
    ).toEqual([
      {
        id: 'd1',
        name: 'news.jsonl › Tax & ships',
        title: 'Tax & ships',
        publishedAt: '2026-05-18',
        url: 'https://news.example/7',
        language: 'en',
      },
      { id: 'd2', name: 'news.jsonl › 港口', title: '港口', publishedAt: '2026-05-19', url: undefined, language: 'zh' },
      { id: 'd3', name: 'news.jsonl › x-3', title: undefined, publishedAt: undefined, url: undefined, language: 'en' },
    ]);
    expect(documents.map(outline)).toEqual([
      ['title: Tax & ships', 'paragraph: The council rejected the tax.', 'list-item: 21 to 18', 'list-item: at night'],
      ['title: 港口', 'paragraph: 市议会否决了这项税收。'],
      ['paragraph: The union objects.', 'table-row: For: 18; Against: 21'],
    ]);
  });

  it('reports a bad line with its number and keeps the rest', async () => {
    const good = line({ title: 'A', text: 'The quay is open.' });
    const latin1 = Buffer.from('{"title":"B","text":"Zürich"}\n', 'latin1');
    const bytes = new Uint8Array(
      Buffer.concat([
        Buffer.from(`${good}{"title": "cut", "text": "The qu\n\n${line({ title: 'no text' })}`),
        latin1,
        Buffer.from(`nothing\n${line({ title: 'E', text: '  ' })}${good.replace('A', 'F').trimEnd()}`),
      ]),
    );
    const { documents, rejected } = await readDocuments([{ name: 'c.jsonl', bytes }]);
    expect(documents.map(({ title }) => title)).toEqual(['A', 'F']);
    expect(rejected).toEqual([
      { name: 'c.jsonl › line 2', reason: expect.stringMatching(/not valid JSON/) },
      { name: 'c.jsonl › line 4', reason: expect.stringMatching(/no "text"/) },
      { name: 'c.jsonl › line 5', reason: expect.stringMatching(/not UTF-8/) },
      { name: 'c.jsonl › line 6', reason: expect.stringMatching(/not valid JSON/) },
      { name: 'c.jsonl › line 7', reason: expect.stringMatching(/"text" is empty/) },
    ]);
    expect(rejected.map(({ reason }) => reason).join(' ')).not.toContain('The qu');
  });

  it('says how many more lines are bad than it names', async () => {
    const text = line({ title: 'A', text: 'The quay is open.' }) + '{"title": broken\n'.repeat(1000);
    const { documents, rejected } = await readDocuments([{ name: 'c.jsonl', bytes: bytesOf(text) }]);
    expect(documents).toHaveLength(1);
    expect(rejected).toHaveLength(21);
    expect(rejected.at(-1)).toEqual({ name: 'c.jsonl', reason: expect.stringMatching(/980 more of its parts.*line 22 on/) });
  });

  it('counts lines on across the pieces that a large one is cut into, in order', async () => {
    const filler = 'The quay is open and the quay is closed. '.repeat(40);
    const entries = Array.from({ length: 6000 }, (_, at) => line({ title: `T${at + 1}`, text: filler }));
    entries[5432] = '{"title": "broken"\n';
    const { documents, rejected } = await readDocuments([{ name: 'large.jsonl', bytes: bytesOf(entries.join('')) }]);
    expect(documents).toHaveLength(5999);
    expect(documents.map(({ id, title }) => `${id} ${title}`).filter((_, at) => at % 2000 === 0)).toEqual([
      'd1 T1',
      'd2001 T2001',
      'd4001 T4001',
    ]);
    expect(documents.at(-1)?.title).toBe('T6000');
    expect(rejected.map(({ name }) => name)).toEqual(['large.jsonl › line 5433']);
  });

  it('is known by its content, in UTF-16 too, and may be a JSON list', async () => {
    const entries = [
      { title: 'A', text: 'The quay is open.' },
      { title: 'B', text: 'The quay is closed.' },
    ];
    const lines = entries.map(line).join('');
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${lines}`, 'utf16le'));
    const texts = ['A\n\nThe quay is open.', 'B\n\nThe quay is closed.'];
    expect((await readAll('corpus.txt', lines)).map(({ text }) => text)).toEqual(texts);
    expect((await readAll('corpus.dat', utf16)).map(({ text }) => text)).toEqual(texts);
    expect((await readAll('corpus.json', JSON.stringify(entries))).map(({ mediaType, text }) => [mediaType, text])).toEqual(
      texts.map((text) => ['json', text]),
    );
  });

  it('is one document where there is but one entry and no name that says otherwise', async () => {
    const [only] = await readAll('article.json', line({ title: 'A', text: 'The quay is open.' }));
    expect(only?.name).toBe('article.json');
  });
});
