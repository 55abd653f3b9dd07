// `shoal graph ontology`: the types and relations of a graph, shown and changed. A new name for a type or relation is a
// map to a name that nothing has yet.
import { ShoalError } from '#foundation';
import { GraphEdit } from '#knowledge-graph/contract';
import type { Ontology } from '#knowledge-graph/contract';
import { withEdit } from '../../graphs/graph-shelf.ts';
import { optional } from '../../views/optional.ts';
import type { CommandContext } from '../command-context.ts';
import { findGraph } from '../find-graph.ts';
import { withSystem } from '../with-system.ts';
import { change } from './graph-edits.ts';

interface OntologyOptions {
  readonly from?: string;
  readonly to?: string;
  readonly cardinality?: string;
  readonly inverse?: string;
}

export async function ontologyCommand(
  context: CommandContext,
  options: OntologyOptions,
  reference = '',
  verb?: string,
  ...words: string[]
): Promise<void> {
  if (verb !== undefined) return change(context, reference, withEdit(editOf(verb, words, options)));
  await withSystem(context, (system) => {
    const { ontology } = findGraph(system, reference).snapshot;
    context.output.result(ontology, tableOf(ontology));
  });
}

/** How each change is written. */
const FORMS: Readonly<Record<string, string>> = {
  'add-type': 'add-type <type/subtype> <word>…',
  'map-type': 'map-type <type[/subtype]> <type[/subtype]>',
  'remove-type': 'remove-type <type[/subtype]>',
  'add-relation': 'add-relation <relation> <verb>… [--from types] [--to types] [--cardinality kind] [--inverse words]',
  'map-relation': 'map-relation <relation> <relation>',
  'remove-relation': 'remove-relation <relation>',
  'set-relation': 'set-relation <relation> [--cardinality kind] [--inverse words]',
};

function editOf(verb: string, words: readonly string[], { from, to, cardinality, inverse }: OntologyOptions): GraphEdit {
  const [first = '', second = ''] = words;
  const forms: Readonly<Record<string, unknown>> = {
    'add-type': { kind: 'type-add', ...typeOf(first), words: words.slice(1) },
    'map-type': { kind: 'type-map', from: typeOf(first), to: typeOf(second) },
    'remove-type': { kind: 'type-remove', ...typeOf(first) },
    'add-relation': {
      kind: 'relation-add',
      predicate: first,
      verbs: words.slice(1),
      ...optional('from', from?.split(',')),
      ...optional('to', to?.split(',')),
      ...optional('cardinality', cardinality),
      ...optional('inverse', inverse),
    },
    'map-relation': { kind: 'relation-map', from: first, to: second },
    'remove-relation': { kind: 'relation-remove', predicate: first },
    'set-relation': {
      kind: 'relation-set',
      predicate: first,
      ...optional('cardinality', cardinality),
      ...optional('inverse', inverse),
    },
  };
  const form = FORMS[verb];
  if (form === undefined) {
    throw new ShoalError('invalid_input', `An ontology cannot “${verb}”.`, {
      hint: `Write one of: ${Object.values(FORMS).join('; ')}.`,
    });
  }
  const parsed = GraphEdit.safeParse(forms[verb]);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ShoalError('invalid_input', `${verb}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
    hint: `Write: npx shoal graph ontology <graph> ${form}.`,
  });
}

function typeOf(text: string): { readonly type: string; readonly subtype?: string } {
  const [type = '', ...rest] = text.split('/');
  return { type, ...optional('subtype', rest.length === 0 ? undefined : rest.join('/')) };
}

function tableOf({ entityTypes, relationTypes }: Ontology): string {
  const types = entityTypes.map(
    ({ type, subtypes, count }) => `  ${type.padEnd(13)} ${String(count).padStart(5)}  ${subtypes.join(', ')}`,
  );
  const relations = relationTypes.map(
    ({ predicate, from, to, count, kind, cardinality, inverse }) =>
      `  ${predicate.padEnd(20)} ${String(count).padStart(5)}  ${from.join(', ')} → ${to.join(', ') || 'words'}  (${kind}, ${cardinality}${inverse === undefined ? '' : `, inverse: ${inverse}`})`,
  );
  return ['types', ...types, '', 'relations', ...relations].join('\n');
}
