// Uploaded files, read at once in one go (a reader is a thread, and starting one takes longer than most files do):
// what each is, or why it cannot be read. Only readable ones are kept.
import type { UploadedFile } from '#api/contract';
import { sha256 } from '#foundation';
import { readDocuments } from '#knowledge-graph';
import type { InputFile } from '#knowledge-graph/contract';
import type { Blobs } from './blobs.ts';

/** The answer has one entry per file, in their order. */
export async function takeUploads(files: readonly InputFile[], blobs: Blobs): Promise<UploadedFile[]> {
  const hashes = files.map((file) => sha256(file.bytes));
  // Named by hash, since names may repeat; the ending stays, which helps to tell CSV from text.
  const named = (at: number): string => `${hashes[at]}/${files[at]?.name}`;
  const unique = files.flatMap(({ bytes }, at) => (hashes.indexOf(hashes[at] ?? '') === at ? [{ name: named(at), bytes }] : []));
  const read = await readDocuments(unique);
  return files.map(({ name, bytes }, at) => {
    const hash = hashes[at] ?? '';
    const facts = { name, bytes: bytes.byteLength };
    const documents = read.documents.filter((document) => document.sha256 === hash);
    const [document] = documents;
    const refusals = read.rejected.filter((rejected) => rejected.name.startsWith(`${hash}/`));
    if (document === undefined) return { ...facts, refused: refusals[0]?.reason ?? 'It holds no text.' };
    const problems = refusals.map((refusal) => `${partOf(refusal.name)}: ${refusal.reason}`);
    return {
      ...facts,
      sha256: blobs.put(bytes),
      mediaType: document.mediaType,
      language: document.language,
      characters: documents.reduce((sum, part) => sum + part.text.length, 0),
      documents: documents.length,
      ...(problems.length === 0 ? {} : { problems }),
    };
  });
}

/** What stands behind the file's name in the name of one of its parts. */
const partOf = (name: string): string => name.split(' › ').slice(1).join(' › ') || 'other parts';
