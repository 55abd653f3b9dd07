// Who wrote a document: its stated author, or the byline at its head, becomes a person who writes about what the document
// is about, and who says what the document says in the first person. Invariant: adds to an extraction, changes none of it.
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import { typeOfKnownName } from '../lexicon/gazetteer.ts';
import { typeOfNameHead } from '../lexicon/heads.ts';
import { isRole } from '../lexicon/titles.ts';
import { nameKey } from '../names/keys.ts';
import type { Document } from '../contract.ts';
import type { Finding } from '../resolution/merged.ts';
import type { ExtractedEntity, ExtractedRelation, Extraction } from './schema.ts';

const NAME = String.raw`\p{Lu}[\p{L}'’.-]*(?:\s+(?:(?:de|da|di|van|von|der|den|la|le|bin|al)\s+)?\p{Lu}[\p{L}'’.-]*){1,3}`;
const BYLINE = new RegExp(
  String.raw`^(?:(?:by|posted by|written by|words by|reported by|story by|author:)\s+(?<by>${NAME}(?:(?:,\s+|\s+(?:and|&)\s+)${NAME})*)|(?<bar>${NAME})\s*\|)`,
  'u',
);
/** Blocks at the head of a document among which a byline may stand, and how long one may be. */
const HEAD_BLOCKS = 5;
const LONGEST_BYLINE = 120;
/** Things that an author is said to write about. */
const SUBJECTS = 3;

interface Author {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export function withAuthors(finding: Finding): Finding {
  const { document, extraction } = finding;
  const authors = authorsOf(document);
  if (authors.length === 0) return finding;
  const entities: ExtractedEntity[] = [...extraction.entities];
  const relations: ExtractedRelation[] = [...extraction.relations];
  const place = titleOf(document);
  const about = subjectsOf(document, extraction);
  const ids = authors.map((author) => {
    const known = entities.findIndex((entity) => entity.kind === 'name' && isSame(entity, author));
    const id = known < 0 ? entities.length : (entities[known]?.id ?? entities.length);
    if (known < 0) entities.push(personOf(id, author));
    else entities[known] = asPerson(entities[known] as ExtractedEntity);
    for (const subject of about) if (subject.id !== id) relations.push(writesAbout(id, subject.id, place));
    return id;
  });
  const [only, other] = ids;
  const claims =
    only === undefined || other !== undefined
      ? extraction.claims
      : extraction.claims.map((claim) =>
          claim.speaker === undefined && isFirstPerson(document.text, claim.start, claim.end)
            ? { ...claim, speaker: only }
            : claim,
        );
  return { ...finding, extraction: { ...extraction, entities, relations, claims } };
}

function authorsOf(document: Document): readonly Author[] {
  const line = bylineOf(document);
  const names = document.author === undefined ? (line?.names ?? []) : splitNames(document.author);
  return names.filter(isPersonName).map((name) => {
    const at = line === undefined ? -1 : document.text.slice(0, line.end).indexOf(name, line.start);
    return at < 0 ? { name, start: 0, end: 0 } : { name, start: at, end: at + name.length };
  });
}

function bylineOf(
  document: Document,
): { readonly names: readonly string[]; readonly start: number; readonly end: number } | undefined {
  for (const { start, end } of document.blocks.slice(0, HEAD_BLOCKS)) {
    const text = document.text.slice(start, end);
    if (text.length > LONGEST_BYLINE) continue;
    const found = BYLINE.exec(lowerOpening(text));
    const names = found?.groups?.['by'] ?? found?.groups?.['bar'];
    if (names !== undefined) return { names: splitNames(names), start, end };
  }
  return undefined;
}

/** "By", "BY" and "by" alike. */
const lowerOpening = (text: string): string =>
  text.replace(/^(?:by|posted by|written by|words by|reported by|story by|author:)\s/i, (words) => words.toLowerCase());

const splitNames = (names: string): readonly string[] =>
  names
    .split(/\s*(?:,|;|&|\band\b)\s*/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Two to four capitalised words without a body's head among them; Chinese names by their length. */
function isPersonName(name: string): boolean {
  if (/^\p{Script=Han}{2,4}$/u.test(name)) return true;
  const words = name.split(/\s+/);
  const last = words.at(-1)?.toLowerCase() ?? '';
  const isTrade = words.some((word) => /^(staff|team|desk|editors?|editorial|agencies|newsroom|reporters?|admin)$/i.test(word));
  return (
    new RegExp(`^${NAME}$`, 'u').test(name) &&
    !isTrade &&
    !isRole(last) &&
    typeOfNameHead(last) === undefined &&
    typeOfKnownName(name.toLowerCase()) === undefined
  );
}

const isSame = (entity: ExtractedEntity, author: Author): boolean =>
  [entity.name, ...entity.aliases].some((form) => nameKey(form) === nameKey(author.name));

const EVIDENCE = 5;

const asPerson = (entity: ExtractedEntity): ExtractedEntity => ({
  ...entity,
  type: 'person',
  subtype: entity.type === 'person' ? (entity.subtype ?? 'author') : 'author',
  confidence: Math.max(entity.confidence, 0.85),
  scores: { ...entity.scores, person: (entity.scores.person ?? 0) + EVIDENCE },
});

/** An author whom the text does not name is found by the document. */
const personOf = (id: number, { name, start, end }: Author): ExtractedEntity => ({
  id,
  name,
  kind: 'name',
  type: 'person',
  subtype: 'author',
  confidence: 0.85,
  scores: { person: EVIDENCE },
  aliases: [],
  mentions: end > start ? [{ start, end }] : [],
});

const titleOf = (document: Document): { readonly start: number; readonly end: number } => {
  const { start, end } = document.blocks.find(({ kind }) => kind === 'title') ??
    document.blocks[0] ?? { start: 0, end: Math.min(80, document.text.length) };
  return { start, end };
};

/** What stands in the title; where it names nothing, what the text names most: products, bodies, people and phrases. */
function subjectsOf(document: Document, extraction: Extraction): readonly ExtractedEntity[] {
  const title = titleOf(document);
  const inTitle = ({ mentions }: ExtractedEntity): boolean =>
    mentions.some(({ start, end }) => start >= title.start && end <= title.end);
  const recurring = extraction.entities.filter(
    ({ kind, type, mentions }) =>
      (kind === 'name' ? type !== 'unknown' && type !== 'place' : kind === 'concept') && mentions.length > 1,
  );
  const titled = recurring.filter(inTitle);
  const candidates = titled.length > 0 ? titled : recurring.filter(({ kind, name }) => kind === 'name' || name.includes(' '));
  return candidates
    .toSorted((left, right) => right.mentions.length - left.mentions.length || left.id - right.id)
    .slice(0, SUBJECTS);
}

const writesAbout = (
  subject: number,
  object: number,
  place: { readonly start: number; readonly end: number },
): ExtractedRelation => ({
  subject,
  predicate: 'write about',
  object,
  polarity: 'affirmed',
  modality: 'asserted',
  confidence: 0.9,
  ...place,
});

/** Says "I" outside quotation marks; "we" may be anybody's. */
function isFirstPerson(text: string, start: number, end: number): boolean {
  const claim = text.slice(start, end);
  if (!/\b(?:I|I['’](?:m|ve|d|ll)|my)\b/.test(claim)) return false;
  const before = text.slice(Math.max(0, start - 200), start);
  const paragraph = before.slice(before.lastIndexOf('\n') + 1);
  const opened =
    (paragraph.match(/“/g) ?? []).length - (paragraph.match(/”/g) ?? []).length + ((paragraph.match(/"/g) ?? []).length % 2);
  const said = paragraph.split(/\s+/).some((word) => SPEECH_VERBS.has(word.toLowerCase().replace(/(ed|s)$/, '')));
  return opened <= 0 && !said && !/["“”]/.test(claim);
}

/** Once per document: its first passage may stand for the whole. */
export function withAllAuthors(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.map((finding) => {
    if (seen.has(finding.document.id)) return finding;
    seen.add(finding.document.id);
    return withAuthors(finding);
  });
}
