// The XML parts of Office files and e-books as plain trees, and as a stream for parts too large for one. Element names
// are without their prefix, attribute names with it. Entities that a part declares are never expanded: it is refused.
import { Parser } from 'htmlparser2';
import { Unreadable } from './unreadable.ts';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
}

export interface XmlHandler {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/** Deeper than any office program or publisher nests. */
const MAX_DEPTH = 200;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function partText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const label = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

/** Calls the handler in document order. Throws Unreadable for declared entities and for too deep nesting. */
export function scanPart(bytes: Uint8Array, { open, text, close }: XmlHandler): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1;
        if (depth > MAX_DEPTH) throw new Unreadable(`Its XML is nested deeper than ${MAX_DEPTH} levels.`);
        open(localName(name), attributes);
      },
      ontext: text,
      onclosetag: (name) => {
        depth -= 1;
        close(localName(name));
      },
      onprocessinginstruction: (name, data) => {
        if (name.toLowerCase() !== '!doctype' || !data.includes('[')) return;
        throw new Unreadable(
          'It declares XML entities of its own, as files made to exhaust or spy on a computer do. ' +
            'Save it again with the program that made it.',
        );
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(partText(bytes));
}

interface OpenNode extends XmlNode {
  readonly children: (XmlNode | string)[];
}

/** The part's tree; the node above the root has no name. */
export function parsePart(bytes: Uint8Array): XmlNode {
  const top: OpenNode = { name: '', attributes: {}, children: [] };
  const path = [top];
  scanPart(bytes, {
    open: (name, attributes) => {
      const node: OpenNode = { name, attributes, children: [] };
      path.at(-1)?.children.push(node);
      path.push(node);
    },
    text: (text) => path.at(-1)?.children.push(text),
    close: () => path.pop(),
  });
  return top;
}

const isNode = (child: XmlNode | string): child is XmlNode => typeof child !== 'string';

/** The element children, all of them or those of one name. */
export const childrenOf = (node: XmlNode, name?: string): readonly XmlNode[] =>
  node.children.filter(isNode).filter((child) => name === undefined || child.name === name);

/** All elements of that name inside the node, in document order, not looking into those found. */
export const descendants = (node: XmlNode, name: string): readonly XmlNode[] =>
  childrenOf(node).flatMap((child) => (child.name === name ? [child] : descendants(child, name)));

export const descendant = (node: XmlNode, name: string): XmlNode | undefined => descendants(node, name)[0];

export const textOf = (node: XmlNode | string): string => (isNode(node) ? node.children.map(textOf).join('') : node);
