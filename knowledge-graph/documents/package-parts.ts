// How the parts of an Office file name each other: relations by id, each with its target's path in the package.
import { childrenOf, descendants, parsePart, type XmlNode } from './xml-part.ts';
import { damaged } from './unreadable.ts';
import type { ZipFile } from './zip.ts';

export interface Relation {
  readonly id: string;
  /** Last word of the relation's type, e.g. `notesSlide`. */
  readonly type: string;
  readonly target: string;
}

/** The path that `reference` means when it stands in the part `from`. */
export function resolvePath(from: string, reference: string): string {
  const folder = reference.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const path: string[] = [];
  for (const step of [...folder, ...reference.split('/')]) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

/** The relations of a part to others in the same file. */
export function relationsOf(zip: ZipFile, part: string): readonly Relation[] {
  const at = part.lastIndexOf('/') + 1;
  const bytes = zip.read(`${part.slice(0, at)}_rels/${part.slice(at)}.rels`);
  if (bytes === undefined) return [];
  return descendants(parsePart(bytes), 'Relationship')
    .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
    .map(({ attributes }) => ({
      id: attributes['Id'] ?? '',
      type: /[^/]*$/.exec(attributes['Type'] ?? '')?.[0] ?? '',
      target: resolvePath(part, attributes['Target'] ?? ''),
    }));
}

/** The root element of a part that must be there. */
export function rootOf(zip: ZipFile, part: string, what: string): XmlNode {
  const bytes = zip.read(part);
  const [root] = bytes === undefined ? [] : childrenOf(parsePart(bytes));
  if (root === undefined) throw damaged(what, `${part} is missing or empty`);
  return root;
}

/** An attribute of the relations namespace, whatever its prefix. */
export const relationId = ({ attributes }: XmlNode, name = 'id'): string | undefined =>
  Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];
