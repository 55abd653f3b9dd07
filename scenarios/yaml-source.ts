// A YAML text as a value that knows its lines. Strict: duplicate keys, unknown anchors and unknown tags are
// errors, and all of them are reported together.
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Pair } from 'yaml';
import { invalidScenario } from './problems.ts';
import type { KeyPath, Locate, Problem } from './problems.ts';

export interface YamlSource {
  readonly value: unknown;
  /** `file:line:column` of a problem, or of the nearest key above it that is in the text. */
  readonly locate: Locate;
}

/** Parses `text`; `file` is how the file is named in messages. Throws `invalid_scenario`. */
export function readYaml(text: string, file: string): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { strict: true, uniqueKeys: true, prettyErrors: false, lineCounter });
  const at = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const faults = [
    ...[...document.errors, ...document.warnings].map((error) => fault(error.pos[0], error.message)),
    ...danglingAliases(document),
  ];
  if (faults.length > 0) {
    const places = new Map<Problem, string>(faults.map(({ offset, problem }) => [problem, at(offset)]));
    throw invalidScenario(
      file,
      faults.map(({ problem }) => problem),
      (problem) => places.get(problem),
    );
  }
  return { value: plainValue(document, file), locate: (problem) => at(offsetOf(document, problem.path, problem.atKey ?? false)) };
}

/** Throws for aliases of aliases that would unfold without end. */
function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw invalidScenario(file, [{ path: [], message: 'its aliases unfold to too much; write the values out' }]);
  }
}

interface Fault {
  readonly offset: number;
  readonly problem: Problem;
}

const fault = (offset: number, message: string): Fault => ({
  offset,
  problem: { path: [], message: message.replace(/[;.]?\s*$/, '') },
});

function danglingAliases(document: Document): readonly Fault[] {
  const found: Fault[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined)
        found.push(fault(alias.range?.[0] ?? 0, `*${alias.source} names an anchor that is not set before it`));
    },
  });
  return found;
}

function offsetOf(document: Document, path: KeyPath, atKey: boolean): number {
  for (let length = path.length; length > 0; length--) {
    const here = path.slice(0, length);
    const pair = pairAt(document, here);
    if (atKey || length < path.length) {
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(here, true);
    if (isNode(node) && node.range) return node.range[0];
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  return 0;
}

/** The key and value that stand at `path`; undefined inside lists. */
function pairAt(document: Document, path: KeyPath): Pair | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const name = path.at(-1);
  return parent.items.find((pair) => isScalar(pair.key) && pair.key.value === name);
}
