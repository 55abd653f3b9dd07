// `shoal graph merges | merge | split | edits | undo`: what the rules took for one thing, and what a person decides.
import type { GraphEdit, GraphSnapshot } from '#knowledge-graph/contract';
import { withEdit, withoutEdit, type Change } from '../../graphs/graph-shelf.ts';
import { optional } from '../../views/optional.ts';
import type { CommandContext } from '../command-context.ts';
import { findGraph } from '../find-graph.ts';
import { withSystem } from '../with-system.ts';

export async function mergesCommand(context: CommandContext, _options: unknown, reference = ''): Promise<void> {
  await withSystem(context, (system) => {
    const { merges } = findGraph(system, reference).snapshot;
    const lines = merges.map(
      ({ name, into, reason, score, sources, entity }) =>
        `${name} = ${into}  (${reason}, ${score.toFixed(2)}, ${sources.length} places)  ${entity}`,
    );
    context.output.result(merges, lines.length === 0 ? 'No names were merged.' : lines.join('\n'));
  });
}

export const mergeCommand = (context: CommandContext, _options: unknown, reference = '', into = '', name = ''): Promise<void> =>
  change(context, reference, withEdit({ kind: 'merge', into, name }));

export const splitCommand = (
  context: CommandContext,
  { document }: { readonly document?: string },
  reference = '',
  from = '',
  name = '',
): Promise<void> => change(context, reference, withEdit({ kind: 'split', from, name, ...optional('document', document) }));

export async function editsCommand(context: CommandContext, _options: unknown, reference = ''): Promise<void> {
  await withSystem(context, (system) => tellEdits(context, findGraph(system, reference).snapshot));
}

export const undoCommand = (context: CommandContext, _options: unknown, reference = '', place = ''): Promise<void> =>
  change(context, reference, withoutEdit(Number(place)));

/** Changes the edits of a graph and tells what they are now. */
export async function change(context: CommandContext, reference: string, edit: Change): Promise<void> {
  const graph = await withSystem(context, ({ graphs }) => graphs.edit(reference, edit, { signal: context.signal }));
  tellEdits(context, graph);
}

function tellEdits({ output }: CommandContext, { hash, edits }: GraphSnapshot): void {
  const lines = edits.map((edit, index) => `${String(index + 1).padStart(3)}  ${wordsOf(edit)}`);
  output.result({ hash, edits }, `graph ${hash.slice(0, 12)}\n${lines.length === 0 ? 'No edits.' : lines.join('\n')}`);
}

const typeName = ({ type, subtype }: { readonly type: string; readonly subtype?: string | undefined }): string =>
  subtype === undefined ? type : `${type}/${subtype}`;

function wordsOf(edit: GraphEdit): string {
  switch (edit.kind) {
    case 'merge':
      return `merge: ${edit.name} is ${edit.into}`;
    case 'split':
      return `split: ${edit.name} is not ${edit.from}${edit.document === undefined ? '' : ` in ${edit.document}`}`;
    case 'type-add':
      return `add type ${typeName(edit)}: ${edit.words.join(', ')}`;
    case 'type-map':
      return `map type ${typeName(edit.from)} to ${typeName(edit.to)}`;
    case 'type-remove':
      return `remove type ${typeName(edit)}`;
    case 'relation-add':
      return `add relation ${edit.predicate}: ${edit.verbs.join(', ')} (${edit.cardinality})`;
    case 'relation-map':
      return `map relation ${edit.from} to ${edit.to}`;
    case 'relation-remove':
      return `remove relation ${edit.predicate}`;
    case 'relation-set':
      return `set relation ${edit.predicate}: ${[edit.cardinality, edit.inverse].filter((word) => word !== undefined).join(', ')}`;
    default:
      return edit satisfies never;
  }
}
