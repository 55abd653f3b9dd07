// Short ways to read one file in a test.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readDocuments } from '../../../knowledge-graph/documents/index.ts';
import type { Document, ReadLimits } from '../../../knowledge-graph/contract.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url)));
}

/** Every document of one file that must be readable. */
export async function readAll(name: string, content: string | Uint8Array): Promise<readonly Document[]> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const { documents, rejected } = await readDocuments([{ name, bytes }]);
  expect(rejected).toEqual([]);
  return documents;
}

/** The one document of a file. */
export async function readOne(name: string, content: string | Uint8Array): Promise<Document> {
  const documents = await readAll(name, content);
  const [document] = documents;
  expect(documents).toHaveLength(1);
  if (document === undefined) throw new Error('unreachable: the length was checked');
  return document;
}

/** Why a file cannot be read. */
export async function refusal(name: string, content: string | Uint8Array, limits: Partial<ReadLimits> = {}): Promise<string> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const { documents, rejected } = await readDocuments([{ name, bytes }], { limits });
  expect(documents).toEqual([]);
  expect(rejected.map((file) => file.name)).toEqual([name]);
  return rejected[0]?.reason ?? '';
}

/** "kind: text" of each block. */
export const outline = ({ text, blocks }: Document): readonly string[] =>
  blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
