// Lines that web pages, feeds and e-books carry around their text: cookie notices, share bars, calls to read on or to
// subscribe, copyright lines, lists of other articles at the end. A block goes only when all of it is such a line.
import { cleanLine } from './clean-text.ts';
import type { BlockDraft, DocumentDraft } from './draft.ts';
import type { MediaType } from '../contract.ts';

const FROM_THE_WEB: ReadonlySet<MediaType> = new Set(['html', 'feed', 'epub']);
/** Longer ones are text that speaks of such things. */
const MAX_LENGTH = 240;

const NETWORK =
  'facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|e-?mail|print|copy link|mastodon|bluesky|weibo|wechat|微信|微博|朋友圈|qq空间|复制链接';
const LINES: readonly RegExp[] = [
  // Cookies and consent
  /^(this|our|the)? ?(web ?)?site uses cookies\b|^(we|we and our partners) use cookies\b|^(by continuing|by using this site).{0,80}\bcookies\b/i,
  /^(accept|reject|allow|manage)( all)? cookies$|^(cookie|privacy) (policy|settings|preferences|notice)$|^manage (my )?(preferences|consent)$/i,
  /^(本网站|本站|我们).{0,12}(使用|采用).{0,8}cookie/i,
  // Read on
  /^(read|see|show|load|learn|view) more[ .…:»>→]*$|^(continue reading|keep reading|read (the )?full (story|article)|view original)\b.{0,120}$/i,
  /^(weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leggi tutto|leia mais|lees meer)[ .…»>→]*$/i,
  /^(阅读更多|阅读全文|查看更多|查看全文|展开全文|加载更多|点击(查看|阅读).{0,10})[ .…»>→]*$/,
  // Share bars
  new RegExp(`^(share|share (this|on|via|to)|tweet|分享|分享到|分享至)?[\\s:：|·,/]*((share on )?(${NETWORK})[\\s|·,/]*)+$`, 'i'),
  /^(share( this( (article|story|page|post))?)?|tweet( this)?|分享(到|至)?|分享本文|收藏|点赞|扫一扫.{0,24}|扫码关注.{0,24}|关注.{0,12}公众号.{0,24})[:：]?$/i,
  // Subscribe
  /^(subscribe|sign up)( now)?( (to|for) (our|the|this).{0,60}(newsletter|updates?|alerts?|mailing list).{0,60})?[.!]?$|^follow us( on .{0,60})?[:.]?$/i,
  // Copyright and advertising
  /^(©|\(c\)|copyright\b|all rights reserved\b|版权所有|版权声明)/i,
  /^(advertisement|advertising|sponsored( content)?|anzeige|publicité|publicidad|广告|推广)$/i,
  // Ways around the page
  /^(skip to (main )?(content|navigation)|back to top|jump to (content|navigation)|table of contents|返回顶部|回到顶部|跳转到.{0,6})$/i,
  /^(previous|next|older|newer)( (article|post|story|page|chapter)s?)?[ »>→]*$|^(上一篇|下一篇|上一页|下一页|上一章|下一章|返回目录).{0,80}$/i,
  /^(责任编辑|编辑|责编)[:：]\S{1,12}$/,
];
const OTHER_ARTICLES =
  /^(related( (articles?|stories|posts|news|content|topics))?|recommended( for you)?|more (from|on|in|stories)\b.{0,60}|you (may|might) also (like|be interested in)|trending( now)?|most (read|popular)|read next|相关(阅读|新闻|推荐|文章)|推荐阅读|延伸阅读|热门(文章|新闻)|猜你喜欢)[:：]?$/i;
/** A teaser of another article is short and ends like a title. */
const isTeaser = ({ text }: BlockDraft): boolean => text.trim().length <= 140 && !/[.!?。！？]["”’»」』)]?$/.test(text.trim());

const BOOK_STARTS = /^\*{3}\s*START OF (THE|THIS) PROJECT GUTENBERG/i;
const BOOK_ENDS = /^\*{3}\s*END OF (THE|THIS) PROJECT GUTENBERG/i;

/** Project Gutenberg puts a notice before each book and its licence after it. */
function withoutLicence(blocks: readonly BlockDraft[]): readonly BlockDraft[] {
  const start = blocks.findIndex(({ text }) => BOOK_STARTS.test(text.trim()));
  if (start === -1) return blocks;
  const end = blocks.findIndex(({ text }, at) => at > start && BOOK_ENDS.test(text.trim()));
  const titles = blocks.slice(0, start).filter(({ kind }) => kind === 'title');
  return [...titles, ...blocks.slice(start + 1, end === -1 ? undefined : end)];
}

export function withoutBoilerplate({ mediaType, blocks: all }: DocumentDraft): readonly BlockDraft[] {
  const blocks = withoutLicence(all);
  if (!FROM_THE_WEB.has(mediaType)) return blocks;
  const kept = blocks.filter(({ kind, text }) => {
    if (kind === 'title' || kind === 'code' || kind === 'table-row' || text.length > MAX_LENGTH) return true;
    const line = cleanLine(text);
    return !LINES.some((pattern) => pattern.test(line));
  });
  const others = kept.findLastIndex(({ kind, text }) => kind !== 'title' && OTHER_ARTICLES.test(cleanLine(text)));
  return others !== -1 && kept.slice(others + 1).every(isTeaser) ? kept.slice(0, others) : kept;
}
