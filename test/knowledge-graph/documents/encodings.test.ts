import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../knowledge-graph/documents/decode.ts';
import { bytesOf, readOne } from './read.ts';

const CHINESE = '央行行长周三表示，利率将保持不变。市场普遍预期年底前降息。';
const TRADITIONAL = '央行行長週三表示，利率將保持不變。市場普遍預期年底前降息。';
const JAPANESE = '中央銀行総裁は水曜日、金利を据え置くと述べた。市場は年内の利下げを予想している。';
const KOREAN = '중앙은행 총재는 수요일 금리를 유지하겠다고 말했다.';
const FRENCH = 'Le ministre a déclaré que la réforme serait présentée à l’été, après le congrès.'.replace('’', "'");
const GERMAN = 'Die Grünen wählen für Köln; über die Größe der Brücke wird später entschieden.';
const RUSSIAN = 'Министр заявил, что реформа будет представлена летом.';

/** Encodes with the inverse of TextDecoder: bytes tried for each character of a double-byte or single-byte table. */
function encode(text: string, label: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const table = new Map<string, readonly number[]>();
  for (let byte = 0; byte < 256; byte++) table.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (!table.has(character)) table.set(character, [lead, trail]);
    }
  }
  return Uint8Array.from(Array.from(text).flatMap((character) => table.get(character) ?? []));
}

const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
};

describe('text in any encoding', () => {
  it.each([
    ['gb18030', CHINESE],
    ['big5', TRADITIONAL],
    ['shift_jis', JAPANESE],
    ['euc-jp', JAPANESE],
    ['euc-kr', KOREAN],
    ['iso-8859-1', FRENCH],
    ['windows-1252', GERMAN],
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
  ])('recognises %s', (label, text) => {
    expect(decodeText(encode(text, label))).toBe(text);
  });

  it.each([
    ['little-endian', true],
    ['big-endian', false],
  ])('recognises UTF-16 %s with and without a mark', (_, littleEndian) => {
    for (const text of [CHINESE, `${CHINESE}\nabc 123`, 'Plain English words, and more of them.', GERMAN]) {
      expect(decodeText(utf16(text, littleEndian))).toBe(text);
      expect(decodeText(utf16(`\uFEFF${text}`, littleEndian))).toBe(text);
    }
  });

  it('keeps UTF-8 with a cut last character as UTF-8', () => {
    const bytes = bytesOf(GERMAN.repeat(20) + CHINESE);
    expect(decodeText(bytes.subarray(0, bytes.length - 1))?.startsWith(GERMAN)).toBe(true);
  });

  it('follows the encoding that a page declares', async () => {
    const html = `<html><head><meta charset="gb2312"></head><body><p>${CHINESE}</p></body></html>`;
    expect((await readOne('page.html', encode(html, 'gb18030'))).text).toBe(CHINESE);
  });
});
