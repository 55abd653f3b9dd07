import { describe, expect, it } from 'vitest';
import { outline, readOne } from './read.ts';

describe('HTML', () => {
  const page = `<!doctype html><html lang="en"><head>
    <title>Council votes down harbour tax | The Port Courier</title>
    <meta name="author" content="Ines Kahl"><meta property="article:published_time" content="2026-03-02T08:15:00+01:00">
    <style>p { color: red }</style></head><body>
    <header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header>
    <article><h1>Council votes down harbour tax</h1><p class="byline">By Ines Kahl</p>
    <p>The city council of Varmouth on Monday rejected a tax on container ships, after Mayor Tomas Reed warned that shipping lines would leave.<sup><a href="#n1">1</a></sup></p>
    <h2>What comes next</h2>
    <p>The <b>Harbour Workers&rsquo; Union</b> called the vote<br>&ldquo;a gift to the owners&rdquo;.</p>
    <blockquote><p>We will be back in the autumn.</p></blockquote>
    <ul><li>Tax: 4 % per container</li><li>Vote: 21 to 18</li></ul>
    <table><tr><th>Party</th><th>Yes</th><th>No</th></tr><tr><td>Greens</td><td>11</td><td>0</td></tr></table>
    <pre><code>if (late) {\n  pay();\n}</code></pre>
    <figure><img src="x.png" alt="image.png"><figcaption>Ships at the quay.</figcaption></figure></article>
    <aside>Related: ten harbours you must see</aside><footer>© 2026 Port Courier. Imprint</footer>
    <script>track();</script></body></html>`;

  it('keeps the article as blocks and drops what stands around it', async () => {
    expect(outline(await readOne('page.html', page))).toEqual([
      'title: Council votes down harbour tax',
      'paragraph: The city council of Varmouth on Monday rejected a tax on container ships, after Mayor Tomas Reed warned that shipping lines would leave.',
      'heading: What comes next',
      'paragraph: The Harbour Workers’ Union called the vote\n“a gift to the owners”.',
      'quote: We will be back in the autumn.',
      'list-item: Tax: 4 % per container',
      'list-item: Vote: 21 to 18',
      'table-row: Party: Greens; Yes: 11; No: 0',
      'code: if (late) {\n  pay();\n}',
      'paragraph: Ships at the quay.',
    ]);
  });

  it('reads title, author and date from the page', async () => {
    expect(await readOne('page.html', page)).toMatchObject({
      mediaType: 'html',
      title: 'Council votes down harbour tax',
      author: 'Ines Kahl',
      publishedAt: '2026-03-02T07:15:00Z',
      language: 'en',
    });
  });

  it('takes metadata from JSON-LD where the page has no meta elements', async () => {
    const data = {
      '@graph': [{ '@type': 'NewsArticle', headline: 'Quay opened', author: [{ name: 'Jo Wen' }], datePublished: '2026-04-01' }],
    };
    const html = `<html><head><script type="application/ld+json">${JSON.stringify(data)}</script></head><body><p>The quay is open.</p></body></html>`;
    expect(await readOne('a.htm', html)).toMatchObject({ title: 'Quay opened', author: 'Jo Wen', publishedAt: '2026-04-01' });
  });

  it('finds the article among a long list of links', async () => {
    const links = Array.from({ length: 80 }, (_, index) => `<li><a href="/${index}">Other story number ${index}</a></li>`).join(
      '',
    );
    const body = Array.from(
      { length: 12 },
      (_, index) =>
        `<p>Paragraph ${index}: the minister said, on the quay, that the plan would go ahead, whatever it may cost.</p>`,
    ).join('');
    const { text } = await readOne(
      'x.html',
      `<html><body><div class="menu"><ul>${links}</ul></div><div class="content">${body}</div></body></html>`,
    );
    expect(text).toContain('Paragraph 11: the minister said');
    expect(text).not.toContain('Other story');
  });

  it('reads an encyclopedia page: infobox by its labels, no edit links, footnote marks or menus', async () => {
    const sentence =
      'The town was founded in 1203 by Bishop Aldred, who had a quay built at the mouth of the Var, and it grew with the herring trade.';
    const html = `<html><head><title>Varmouth - Wikipedia</title></head><body><div role="navigation"><ul><li>Main page</li></ul></div>
      <main><h1>Varmouth</h1><table class="infobox"><tr><th colspan="2">City facts</th></tr><tr><th>Country</th><td>Norland</td></tr><tr><th>Mayor</th><td>Tomas Reed</td></tr></table>
      <p>Varmouth is a port city in Norland.<sup class="reference"><a href="#cite-1">[1]</a></sup> It has 210,000 inhabitants, and is the seat of the port authority.</p>
      <h2>History<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2><p>${sentence}</p></main><footer>Privacy policy</footer></body></html>`;
    expect(outline(await readOne('varmouth.html', html))).toEqual([
      'title: Varmouth',
      'table-row: City facts',
      'table-row: Country: Norland',
      'table-row: Mayor: Tomas Reed',
      'paragraph: Varmouth is a port city in Norland. It has 210,000 inhabitants, and is the seat of the port authority.',
      'heading: History',
      `paragraph: ${sentence}`,
    ]);
  });

  it('walks tables that are only there for layout', async () => {
    const html =
      '<body><table><tr><td><h2>News</h2><p>The quay is open again.</p></td><td><p>Ships have come.</p></td></tr></table></body>';
    expect(outline(await readOne('old.html', html))).toEqual([
      'heading: News',
      'paragraph: The quay is open again.',
      'paragraph: Ships have come.',
    ]);
  });
});
