// A zip of any files, archives among them: each is read as if it had come alone, under what is left of the outer
// file's allowance. A bad one is reported by its name and the rest is kept.
import type { Parsed } from '../draft.ts';
import { parse, type ParseContext } from '../parse.ts';
import { reasonOf, Unreadable } from '../unreadable.ts';
import type { ZipFile } from '../zip.ts';

/** Archives inside each other; people nest two or three, bombs many. */
const MAX_ARCHIVES = 4;
/** What packers and file managers leave behind. */
const LITTER = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

export async function* readArchive(zip: ZipFile, context: ParseContext): AsyncGenerator<Parsed> {
  if (context.depth >= MAX_ARCHIVES) {
    throw new Unreadable(
      `It holds archives inside each other more than ${MAX_ARCHIVES} deep. Unpack it and add the files in it.`,
    );
  }
  const names = zip.names.filter((name) => !LITTER.test(name));
  if (names.length === 0) throw new Unreadable('It is an archive without any files in it.');
  for (const name of names) {
    try {
      yield* readEntry(zip, name, context);
    } catch (thrown) {
      yield { refused: reasonOf(thrown), part: name, count: 1 };
    }
  }
}

async function* readEntry(zip: ZipFile, name: string, context: ParseContext): AsyncGenerator<Parsed> {
  const bytes = zip.read(name) ?? new Uint8Array();
  if (bytes.length === 0) throw new Unreadable('It is empty. Check that it was saved completely.');
  for await (const parsed of parse(bytes, name, { ...context, depth: context.depth + 1 })) {
    yield { ...parsed, part: parsed.part === undefined ? name : `${name} › ${parsed.part}` };
  }
}
