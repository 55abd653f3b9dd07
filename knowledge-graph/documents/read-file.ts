// One file's bytes, or one piece of a corpus, to its finished documents, one after another: parse, give offsets, detect
// the languages, hold the limits. Runs in the reader's thread.
import type { Document, ReadLimits } from '../contract.ts';
import { cleanLine } from './clean-text.ts';
import { composeText } from './compose-text.ts';
import type { DocumentDraft, Parsed, RefusedParts } from './draft.ts';
import { expansionOf } from './expansion.ts';
import { blockLanguages, detectLanguage } from './language.ts';
import { parse } from './parse.ts';
import { withoutBoilerplate } from './boilerplate.ts';
import { statedDate } from './stated-date.ts';
import { Unreadable } from './unreadable.ts';

/** A document before it has a number, a file identity and a full name. */
export type ReadPart = Omit<Document, 'id' | 'sha256' | 'name'> & { readonly part: string | undefined };
export type Reading = ReadPart | RefusedParts;

export interface FileToRead {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly limits: ReadLimits;
  /** Set for a piece of a corpus: the number of its first line. */
  readonly firstLine: number | undefined;
}

const line = (text: string | undefined): string | undefined => (text === undefined ? undefined : cleanLine(text) || undefined);

async function* parsed({ bytes, name, limits, firstLine }: FileToRead): AsyncGenerator<Parsed> {
  if (firstLine === undefined) yield* parse(bytes, name, { limits, expansion: expansionOf(bytes.length, limits), depth: 0 });
  else yield* (await import('./formats/corpus.ts')).readCorpus(bytes, firstLine);
}

async function finished(draft: DocumentDraft): Promise<ReadPart | undefined> {
  const blocks = withoutBoilerplate(draft);
  const composed = composeText(blocks);
  if (composed.blocks.length === 0) return undefined;
  const language = await detectLanguage(composed.text, draft.declaredLanguage);
  return {
    part: line(draft.part),
    mediaType: draft.mediaType,
    title: line(draft.title),
    author: line(draft.author),
    publishedAt: draft.publishedAt ?? statedDate(blocks) ?? draft.createdAt,
    ...(draft.url === undefined ? {} : { url: draft.url }),
    language,
    text: composed.text,
    blocks: blockLanguages(composed.text, composed.blocks, language),
  };
}

/** Throws Unreadable, and whatever a parser throws on input its authors did not foresee. */
export async function* readFile(file: FileToRead): AsyncGenerator<Reading> {
  const { limits } = file;
  let readings = 0;
  let characters = 0;
  for await (const each of parsed(file)) {
    const reading = 'refused' in each ? each : await finished(each);
    if (reading === undefined) continue;
    readings += 1;
    characters += 'refused' in reading ? 0 : reading.text.length;
    if (characters > limits.maxCharacters) {
      throw new Unreadable(
        `Its text is longer than ${limits.maxCharacters} characters (maxCharacters). Split it or raise the limit.`,
      );
    }
    yield reading;
  }
  // A piece of a corpus may hold nothing but blank lines.
  if (readings === 0 && file.firstLine === undefined) throw new Unreadable('It has no readable text in it.');
}
