import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import { epubParts, zipOf } from './make-office.ts';
import { outline, readOne, refusal } from './read.ts';

const CHAPTERS = {
  'nav.xhtml': '<nav><ol><li><a href="one.xhtml">One</a></li></ol></nav>',
  'one chapter.xhtml':
    '<h1>Chapter One</h1><p>The harbour was old.<a id="p1"/> It had <em>two</em> quays.<sup><a href="#n1">1</a></sup></p><p><span role="doc-pagebreak">12</span>It was sold.</p><ul><li>north</li><li>south</li></ul><table><tr><th>Quay</th><th>Length</th></tr><tr><td>North</td><td>300 m</td></tr></table>',
  'two.xhtml': '<h1>Chapter Two</h1><blockquote><p>All quays are one.</p></blockquote><p>So they say.</p>',
};
const METADATA =
  '<dc:title>The Harbour</dc:title><dc:creator opf:role="aut">Ines Kahl</dc:creator><dc:creator opf:role="ill">Somebody Else</dc:creator><dc:creator>Jo Wen</dc:creator><dc:date opf:event="modification">2026-01-01</dc:date><dc:date opf:event="publication">2025-11-02</dc:date><dc:language>en</dc:language>';

const lock = (algorithm: string): string =>
  `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`;

describe('EPUB', () => {
  it('reads the chapters in the order of the spine, with headings, quotes, lists, tables and metadata', async () => {
    const spine = ['nav.xhtml', 'two.xhtml', 'one chapter.xhtml', 'two.xhtml'];
    const document = await readOne('harbour.epub', zipOf(epubParts(CHAPTERS, { metadata: METADATA, spine })));
    expect(document).toMatchObject({
      mediaType: 'epub',
      title: 'The Harbour',
      author: 'Ines Kahl, Jo Wen',
      publishedAt: '2025-11-02',
      language: 'en',
    });
    expect(outline(document)).toEqual([
      'title: The Harbour',
      'heading: Chapter Two',
      'quote: All quays are one.',
      'paragraph: So they say.',
      'heading: Chapter One',
      'paragraph: The harbour was old. It had two quays.',
      'paragraph: It was sold.',
      'list-item: north',
      'list-item: south',
      'table-row: Quay: North; Length: 300 m',
    ]);
  });

  it('reports a chapter that is missing and keeps the others', async () => {
    const spine = ['two.xhtml', 'lost.xhtml'];
    const bytes = zipOf(epubParts(CHAPTERS, { spine }));
    const { documents, rejected } = await readDocuments([{ name: 'torn.epub', bytes }]);
    expect(documents.map(({ text }) => text)).toEqual([expect.stringContaining('So they say.')]);
    expect(rejected).toEqual([{ name: 'torn.epub › OEBPS/text/lost.xhtml', reason: expect.stringMatching(/does not hold it/) }]);
  });

  it('drops the notice and licence of Project Gutenberg', async () => {
    const body =
      '<p>This ebook is for the use of anyone.</p><p>*** START OF THE PROJECT GUTENBERG EBOOK THE HARBOUR ***</p><p>The quay is open.</p><p>*** END OF THE PROJECT GUTENBERG EBOOK THE HARBOUR ***</p><p>Licence.</p>';
    expect((await readOne('pg.epub', zipOf(epubParts({ 'a.xhtml': body })))).text).toBe('The quay is open.');
  });

  const parts = epubParts(CHAPTERS);
  it.each([
    ['locked.epub', { ...parts, 'META-INF/encryption.xml': lock('http://www.w3.org/2001/04/xmlenc#aes128-cbc') }, /DRM/],
    ['lost.epub', { ...parts, 'OEBPS/book.opf': '' }, /e-book.*damaged.*book\.opf/],
    ['pictures.epub', epubParts({ 'a.xhtml': '<img src="a.png"/>' }), /without text.*OCR/],
    [
      'spy.epub',
      { ...parts, 'OEBPS/book.opf': `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><package>&a;</package>` },
      /declares XML entities/,
    ],
  ])('%s is refused with the reason', async (name, content, reason) => {
    expect(await refusal(name, zipOf(content))).toMatch(reason);
  });

  it('reads past scrambled fonts, and never fetches or expands what a chapter declares', async () => {
    const readable = {
      ...parts,
      'META-INF/encryption.xml': lock('http://www.idpf.org/2008/embedding'),
      'OEBPS/text/two.xhtml':
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><body><p>It says &a; and no more.</p></body></html>',
    };
    expect((await readOne('fonts.epub', zipOf(readable))).text).toContain('It says &a; and no more.');
  });
});
