// Names a file that is not text, and says how to make something readable of it.
import { fileTypeFromBuffer } from 'file-type';
import { Unreadable } from './unreadable.ts';

const ADVICE: readonly (readonly [pattern: RegExp, what: string, advice: string])[] = [
  [/^image\//, 'a picture', 'Run text recognition (OCR) on it and give the text.'],
  [/^(audio|video)\//, 'a recording', 'Give its transcript instead.'],
  [/rtf/, 'a Rich Text (RTF) document', 'Save it as .docx or PDF.'],
  [/x-cfb/, 'an old Office document', 'Save it as .docx, .pptx, .xlsx or PDF.'],
  [/postscript/, 'a PostScript file', 'Convert it to PDF.'],
  [/(zip|gzip|x-tar|x-7z|rar|zstd|x-xz|bzip2|x-lzip)/, 'an archive', 'Unpack it and add the files in it.'],
  [/sqlite/, 'a database', 'Export the tables as CSV.'],
  [/font/, 'a font', 'Leave it out.'],
];

/** Office wraps what it encrypts in the container of its old formats, under this name. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

export async function describeBinary(bytes: Uint8Array): Promise<Unreadable> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (type?.mime === 'application/x-cfb' && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(ENCRYPTED)) {
    return new Unreadable('It is an Office document protected by a password. Remove the password and give it again.');
  }
  if (type === undefined) {
    return new Unreadable(
      'It is neither text nor a supported document (unknown binary content). ' +
        'Give it as PDF, an Office file, EPUB, HTML, Markdown, text, a feed, XML, CSV or JSON.',
    );
  }
  const known = ADVICE.find(([pattern]) => pattern.test(type.mime));
  if (known === undefined) {
    return new Unreadable(
      `It is a ${type.ext.toUpperCase()} file, which holds no readable text. Export it as PDF, DOCX or text.`,
    );
  }
  return new Unreadable(`It is ${known[1]} (${type.ext.toUpperCase()}), not text. ${known[2]}`);
}
