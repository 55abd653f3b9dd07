// Writes small PDF files by hand, object by object: exactly the layout that a test is about.
import { deflateSync } from 'node:zlib';

export interface PdfText {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly text: string;
}

interface PdfOptions {
  readonly info?: Readonly<Record<string, string>>;
  /** Each page shows a picture instead of text. */
  readonly pictures?: boolean;
}

const escape = (text: string): string => text.replaceAll(/[\\()]/g, (character) => `\\${character}`);

function content(page: readonly PdfText[]): string {
  return page.map(({ x, y, size = 11, text }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escape(text)}) Tj ET`).join('\n');
}

function assemble(objects: readonly Buffer[], info: number): Uint8Array {
  const parts = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, body] of objects.entries()) {
    const object = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    offsets.push(length);
    parts.push(object);
    length += object.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R/Info ${info} 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

const stream = (dictionary: string, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`<<${dictionary}/Length ${data.length}>>\nstream\n`), data, Buffer.from('\nendstream')]);

/** A PDF of US-letter pages with text at given places. */
export function makePdf(pages: readonly (readonly PdfText[])[], { info = {}, pictures = false }: PdfOptions = {}): Uint8Array {
  const firstPage = 6;
  const kids = pages.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ');
  const entries = Object.entries(info).map(([key, value]) => `/${key}(${escape(value)})`);
  const objects: Buffer[] = [
    Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
    Buffer.from(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`),
    Buffer.from('<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'),
    Buffer.from(`<<${entries.join('')}>>`),
    stream(
      '/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode',
      deflateSync(new Uint8Array(64).fill(128)),
    ),
    ...pages.flatMap((page, index) => [
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>/XObject<</I1 5 0 R>>>>/Contents ${firstPage + 2 * index + 1} 0 R>>`,
      ),
      stream(
        '/Filter/FlateDecode',
        deflateSync(Buffer.from(pictures ? 'q 612 0 0 792 0 0 cm /I1 Do Q' : content(page), 'latin1')),
      ),
    ]),
  ];
  return assemble(objects, 4);
}

/** A PDF whose page content unpacks to this many spaces. */
export function makePdfBomb(unpackedBytes: number): Uint8Array {
  const objects = [
    Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
    Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
    Buffer.from('<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>'),
    stream('/Filter/FlateDecode', deflateSync(Buffer.alloc(unpackedBytes, ' '))),
    Buffer.from('<<>>'),
  ];
  return assemble(objects, 5);
}

/** Lines of running text from the top of a page down. */
export function textLines(lines: readonly string[], top = 700, left = 72): readonly PdfText[] {
  return lines.map((text, index) => ({ x: left, y: top - 14 * index, text }));
}
