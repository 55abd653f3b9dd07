import { describe, expect, it } from 'vitest';
import { outline, readAll, readOne } from './read.ts';

const page = (body: string): string => `<!doctype html><html lang="en"><head></head><body>${body}</body></html>`;
const kept = async (body: string): Promise<readonly string[]> => outline(await readOne('p.html', page(body)));

describe('what web pages carry around their text', () => {
  it.each([
    'This site uses cookies to improve your experience. By continuing you agree.',
    'We use cookies and similar technologies. Read our cookie policy.',
    'Accept all cookies',
    '本网站使用Cookie来改善体验。',
    'Read more »',
    'Continue reading Council votes down harbour tax',
    'Weiterlesen …',
    '阅读全文',
    'Share this article',
    'Share on Facebook Share on Twitter Share on LinkedIn',
    'Facebook | Twitter | WhatsApp | Email',
    '分享到：微信 微博 QQ空间',
    '扫码关注港口日报公众号',
    'Subscribe to our newsletter',
    'Follow us on Mastodon:',
    '© 2026 The Port Courier. All rights reserved.',
    '版权所有 港口日报',
    'Advertisement',
    '广告',
    'Skip to content',
    '返回顶部',
    '责任编辑：王小明',
    '下一篇：码头关闭',
  ])('goes: %s', async (line) => {
    expect(await kept(`<p>The quay is open.</p><p>${line}</p><p>The quay is closed.</p>`)).toEqual([
      'paragraph: The quay is open.',
      'paragraph: The quay is closed.',
    ]);
  });

  it.each([
    'The regulator fined sites that use cookies without consent.',
    'He asked people to share the article with their neighbours and to read more of it.',
    'X said on Monday that it would follow the order.',
    'Copyrights on the song lapsed in 1999.',
    'The newspaper wants readers to subscribe to its newsletter, the editor said.',
    '广告收入下降了百分之十。',
    'Next month the quay opens.',
  ])('is told from text that speaks of it: %s', async (line) => {
    expect(await kept(`<p>${line}</p>`)).toEqual([`paragraph: ${line}`]);
  });

  it('goes by the names of its elements, but never takes the article with it', async () => {
    const body = `<div id="cookie-banner"><p>We value your privacy.</p></div><main class="has-popup"><p>The quay is open.</p></main>
      <div class="share-bar"><p>Tell a friend</p></div><ul class="pagination"><li>1</li><li>2</li></ul><div class="related-posts"><p>Ten harbours</p></div>`;
    expect(await kept(body)).toEqual(['paragraph: The quay is open.']);
  });

  it('ends before the list of other articles, unless text follows', async () => {
    const teasers = '<h3>Related articles</h3><ul><li>Ten harbours you must see</li><li>码头十问</li></ul>';
    expect(await kept(`<p>The quay is open.</p>${teasers}`)).toEqual(['paragraph: The quay is open.']);
    expect(await kept(`${teasers}<p>The quay is open.</p>`)).toHaveLength(4);
  });

  it('goes from feeds too', async () => {
    const rss = `<rss version="2.0"><channel><title>C</title><item><title>A</title><link>https://news.example/a?id=1</link><description><![CDATA[<p>The quay is open.</p><p>Share this</p><p>It was closed.</p><p>Read more</p>]]></description></item></channel></rss>`;
    const [item] = await readAll('f.xml', rss);
    expect(item?.text).toBe('A\n\nThe quay is open.\n\nIt was closed.');
    expect(item?.url).toBe('https://news.example/a?id=1');
  });

  it('is not looked for in what is no page', async () => {
    expect((await readOne('notes.txt', 'Advertisement\n\nThe quay is open.')).text).toContain('Advertisement');
  });
});

describe('text printed to pages', () => {
  const pages = [1, 2, 3, 4].map(
    (number) => `THE PORT COURIER  No. ${number}\n\nStory ${number} tells of the quay.\n\n- ${number} -`,
  );

  it('loses running heads and page numbers', async () => {
    const { text } = await readOne('print.txt', pages.join('\f'));
    expect(text).not.toContain('PORT COURIER');
    expect(text).not.toMatch(/- \d -/);
    expect(text.match(/Story \d tells of the quay\./g)).toHaveLength(4);
  });

  it('keeps lines that differ', async () => {
    const differing = ['One.', 'Two.', 'Three.'].map((word) => `${word}\n\nThe quay is open.`).join('\f');
    expect((await readOne('print.txt', differing)).text).toContain('Two.');
  });
});
