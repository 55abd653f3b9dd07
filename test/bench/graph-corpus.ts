// A corpus for the bench of the graph's build: articles about people, companies and places that never were. The same
// size gives the same text on any machine. Names follow Zipf's law and new ones keep coming, as in real collections.
import type { Document, ReadResult } from '#knowledge-graph/contract';
import { randomKey, randomStream, sha256 } from '#foundation';
import type { RandomStream } from '#foundation';

const SYLLABLES =
  'bar bel cor dan dor el fen gar hal is kel lan lor mar mel nor or pel quin ral ros sel tar tor ul van vel win yor zan'.split(
    ' ',
  );
const GIVEN =
  'Anna Boris Carla David Elena Frank Grace Henry Irene James Karen Lucas Maria Nathan Olga Peter Rosa Simon Tanya Victor'.split(
    ' ',
  );
const BODIES = [
  'Bank',
  'University',
  'Corporation',
  'Institute',
  'Railway',
  'Museum',
  'Ministry',
  'Press',
  'Records',
  'Foundation',
];
const ROLES = ['chairman', 'director', 'mayor', 'founder', 'editor', 'spokeswoman', 'president', 'minister'];
const TOPICS = [
  'harbour toll',
  'water supply',
  'school reform',
  'energy price',
  'film festival',
  'railway strike',
  'housing plan',
];
const VERBS = ['supported', 'criticised', 'acquired', 'joined', 'founded', 'sued', 'visited', 'praised'];

type Template = (name: Namer, stream: RandomStream) => string;

interface Namer {
  person(): string;
  body(): string;
  place(): string;
}

const pick = <T>(stream: RandomStream, items: readonly T[]): T => items[stream.below(items.length)] as T;
const year = (stream: RandomStream): number => 1900 + stream.below(125);

const TEMPLATES: readonly Template[] = [
  (name, stream) =>
    `${name.person()}, the ${pick(stream, ROLES)} of ${name.body()}, was born in ${name.place()} in ${year(stream)}.`,
  (name, stream) => `${name.body()} ${pick(stream, VERBS)} ${name.body()} in ${year(stream)}.`,
  (name, stream) =>
    `${name.person()} ${pick(stream, VERBS)} ${name.person()} over the ${pick(stream, TOPICS)}, which cost $${1 + stream.below(900)} million.`,
  (name, stream) =>
    `"The ${pick(stream, TOPICS)} will not work," said ${name.person()}, who has led ${name.body()} since ${year(stream)}.`,
  (name, stream) =>
    `The city of ${name.place()} lies between ${name.place()} and ${name.place()}, and its ${pick(stream, TOPICS)} is well known.`,
  (name) => `${name.person()} is an actor and writer who studied at ${name.body()} before moving to ${name.place()}.`,
  (name, stream) =>
    `Critics of the ${pick(stream, TOPICS)} said that it would hurt small firms, but it was approved by ${name.body()}.`,
];

const DOCUMENT_KEY = 'bench-corpus';
const KINDS = 3;
const NEW_NAMES = 0.3;

/** Documents of about `documentCharacters` each, until the text measures `characters`. */
export function benchCorpus(characters: number, documentCharacters: number): ReadResult {
  const documents: Document[] = [];
  let written = 0;
  for (let index = 0; written < characters; index++) {
    const document = articleOf(index, written, documentCharacters);
    documents.push(document);
    written += document.text.length;
  }
  return { documents, rejected: [] };
}

function articleOf(index: number, before: number, characters: number): Document {
  const stream = randomStream(randomKey(1, DOCUMENT_KEY), index);
  const namer = namerOf(stream, before);
  const title = namer.person();
  const paragraphs: string[] = [];
  for (let length = title.length + 1; length < characters;) {
    const sentences = Array.from({ length: 3 + stream.below(4) }, () => pick(stream, TEMPLATES)(namer, stream));
    const paragraph = sentences.join(' ');
    paragraphs.push(paragraph);
    length += paragraph.length + 1;
  }
  return documentOf(index, title, paragraphs);
}

/** Few names are everywhere and most are rare; the more has been written, the more there are (about Heaps' law). */
function namerOf(stream: RandomStream, before: number): Namer {
  const known = 40 + Math.sqrt(before) * Math.sqrt(Math.sqrt(before)) * NEW_NAMES;
  const rank = (kind: number): number => {
    const draw = stream.next();
    return kind + KINDS * Math.floor(known * draw * draw * draw);
  };
  return {
    person: () => {
      const number = rank(0);
      return `${GIVEN[number % GIVEN.length]} ${word(number)}`;
    },
    body: () => {
      const number = rank(1);
      return `${word(number)} ${BODIES[number % BODIES.length]}`;
    },
    place: () => word(rank(2)),
  };
}

function word(number: number): string {
  let text = '';
  for (let rest = number + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    text += SYLLABLES[rest % SYLLABLES.length];
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title and paragraphs as the reader would give them. */
export function documentOf(index: number, title: string, paragraphs: readonly string[]): Document {
  const blocks: { kind: 'title' | 'paragraph'; start: number; end: number }[] = [{ kind: 'title', start: 0, end: title.length }];
  let text = title;
  for (const paragraph of paragraphs) {
    const start = text.length + 2;
    text += `\n\n${paragraph}`;
    blocks.push({ kind: 'paragraph', start, end: text.length });
  }
  return {
    id: `d${index + 1}`,
    name: `${title}.md`,
    sha256: sha256(text),
    mediaType: 'markdown',
    title,
    author: undefined,
    publishedAt: undefined,
    language: 'en',
    text,
    blocks,
  };
}
