import { describe, expect, it } from 'vitest';
import { outline, readAll } from './read.ts';

describe('feeds', () => {
  const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <title>The Port Courier</title><language>en</language>
    <item><title>Tax &amp;amp; ships</title><dc:creator>Ines Kahl</dc:creator><pubDate>Mon, 18 May 2026 07:17:29 +0000</pubDate>
      <description>Short.</description>
      <content:encoded><![CDATA[<p>The council <b>rejected</b> the tax.</p><ul><li>21 to 18</li></ul><img src="x"><p>The post Tax &amp; ships appeared first on Courier.</p>]]></content:encoded></item>
    <item><title>Second story</title><author>jo@example.org (Jo Wen)</author><description>&lt;p&gt;The union objects.&lt;/p&gt;</description></item>
    <item><title>Second story</title><author>jo@example.org (Jo Wen)</author><description>&lt;p&gt;The union objects.&lt;/p&gt;</description></item>
  </channel></rss>`;

  it('makes a document of each item, under a .txt name too', async () => {
    const documents = await readAll('courier.txt', rss);
    expect(documents.map(({ id, name, author, publishedAt }) => ({ id, name, author, publishedAt }))).toEqual([
      { id: 'd1', name: 'courier.txt › Tax & ships', author: 'Ines Kahl', publishedAt: '2026-05-18T07:17:29Z' },
      { id: 'd2', name: 'courier.txt › Second story', author: 'Jo Wen', publishedAt: undefined },
    ]);
    expect(documents.map(outline)).toEqual([
      ['title: Tax & ships', 'paragraph: The council rejected the tax.', 'list-item: 21 to 18'],
      ['title: Second story', 'paragraph: The union objects.'],
    ]);
  });

  it('reads Atom and JSON feeds', async () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>One</title><updated>2026-01-02T00:00:00Z</updated><author><name>Mara Voss</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <b>there</b> again</p></div></content></entry></feed>';
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'F',
      items: [
        {
          id: '1',
          title: 'Two',
          content_html: '<p>Good day.</p>',
          date_published: '2026-01-03T10:00:00Z',
          authors: [{ name: 'Jo' }],
        },
      ],
    });
    expect((await readAll('a.xml', atom)).map((document) => [document.mediaType, document.author, document.text])).toEqual([
      ['feed', 'Mara Voss', 'One\n\nHello there again'],
    ]);
    expect((await readAll('a.json', json)).map((document) => [document.mediaType, document.author, document.text])).toEqual([
      ['feed', 'Jo', 'Two\n\nGood day.'],
    ]);
  });
});
