// How long a search takes: `node test/bench/retrieval.ts [passages …]` (default 6000 and 100000). Graphs are drawn with
// Zipf's law for words and names, as texts have it. CPU time of whole searches through `openGraph`, in one table.
import { hashOf, randomKey, randomStream } from '#foundation';
import { openGraph } from '#knowledge-graph';
import { SEARCH_MODES } from '#knowledge-graph/contract';
import { SNAPSHOT_VERSION } from '#knowledge-graph/contract';
import type { Community, Document, Entity, GraphSnapshot, Mention } from '#knowledge-graph/contract';

const WORDS_PER_PASSAGE = 70;
const NAMES_PER_PASSAGE = 10;
const VOCABULARY = 60_000;
const QUERIES = 60;

const stream = randomStream(randomKey(1, 'bench/retrieval'));
/** Ranks 0 … size − 1 by Zipf and Mandelbrot: the commonest content word is in a tenth of all passages, the commonest name in a twentieth. */
const zipf = (size: number, offset: number): number => Math.floor(offset * ((size + offset) / offset) ** stream.next() - offset);
const wordRank = (): number => zipf(VOCABULARY, 100);
const nameRank = (names: number): number => zipf(names, 30);
const word = (rank: number): string => `w${rank.toString(36)}`;
const name = (rank: number): string => `Name${rank.toString(36)} Of${(rank * 7).toString(36)}`;

function drawGraph(passages: number): GraphSnapshot {
  const names = passages * 4;
  const mentions: Mention[] = [];
  const documents = Array.from({ length: passages }, (_, at): Document => {
    const id = `d${at + 1}`;
    let text = name(at);
    for (let written = 0; written < WORDS_PER_PASSAGE; written++) {
      const named = written % Math.floor(WORDS_PER_PASSAGE / NAMES_PER_PASSAGE) === 0;
      const rank = named ? nameRank(names) : wordRank();
      const next = named ? name(rank) : word(rank);
      const start = text.length + 1;
      if (named) mentions.push({ entity: `e${rank}`, document: id, start, end: start + next.length, surface: next });
      text += ` ${next}`;
    }
    const block = { kind: 'paragraph' as const, start: 0, end: text.length };
    const [title, mediaType, language] = [name(at), 'text' as const, 'en'];
    const undated = { author: undefined, publishedAt: undefined };
    return { id, name: title, sha256: '', mediaType, title, ...undated, language, text, blocks: [block] };
  });
  const entities = Array.from({ length: names }, (_, rank): Entity => ({
    id: `e${rank}`,
    name: name(rank),
    type: 'person',
    subtype: undefined,
    aliases: [],
    confidence: 1,
    salience: 0,
    description: undefined,
    sources: [{ document: 'd1', start: 0, end: 1 }],
  }));
  const communities = Array.from({ length: Math.ceil(names / 200) }, (_, at): Community => {
    const members = entities.slice(200 * at, 200 * (at + 1)).map(({ id }) => id);
    const { id, text } = documents[at] ?? { id: 'd1', text: '' };
    const source = { document: id, start: 0, end: text.length };
    return {
      id: `m${at}`,
      level: 0,
      parent: undefined,
      label: name(200 * at),
      members,
      summary: [{ text, source }],
      sources: [source],
    };
  });
  const graph = { entities, mentions, communities, documents, relations: [], claims: [], layout: [], rejected: [] };
  return {
    ...graph,
    version: SNAPSHOT_VERSION,
    merges: [],
    edits: [],
    chunks: documents.map(({ id, text }, at) => ({ id: `p${at + 1}`, document: id, start: 0, end: text.length })),
    ontology: { entityTypes: [], relationTypes: [] },
    extractor: { model: 'drawn', chunks: 0, fallbacks: 0 },
    hash: hashOf(passages),
  };
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const sizes = process.argv.slice(2).map(Number);
console.log('| passages | first search, s | mode | median ms | p95 ms | peak MiB |\n|--:|--:|:--|--:|--:|--:|');
for (const passages of sizes.length === 0 ? [6000, 100_000] : sizes) {
  const graph = openGraph(drawGraph(passages));
  const opening = cpuMs(() => graph.search('warm up', 10)) / 1000;
  for (const mode of SEARCH_MODES) {
    const ask = (): number => {
      const words = Array.from({ length: 6 }, () => word(wordRank())).join(' ');
      const query = `${name(nameRank(passages * 4))} ${words} ${name(nameRank(passages * 4))}`;
      return cpuMs(() => graph.search(query, 10, { mode }));
    };
    for (let warm = 0; warm < 10; warm++) ask();
    const times = Array.from({ length: QUERIES }, ask).toSorted((left, right) => left - right);
    const [median, late] = [times[QUERIES >> 1] ?? 0, times[Math.floor(QUERIES * 0.95)] ?? 0];
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(`| ${passages} | ${opening.toFixed(1)} | ${mode} | ${median.toFixed(1)} | ${late.toFixed(1)} | ${peak} |`);
  }
}
