// An edit before it is taken in: ids become names, and what it speaks of must be in the graph, so that a slip of the pen
// is told at once instead of waiting in the graph for a name that never comes.
import { ShoalError } from '#foundation';
import type { Entity, GraphEdit, GraphSnapshot } from '../contract.ts';
import { nameKey, plainForm } from '../names/keys.ts';

/** The edit in the form in which graphs keep it. Throws `not_found` for what the graph does not hold, `conflict` for what is so already. */
export function checkEdit(graph: GraphSnapshot, edit: GraphEdit): GraphEdit {
  switch (edit.kind) {
    case 'merge':
      return checkMerge(graph, edit);
    case 'split':
      return checkSplit(graph, edit);
    case 'type-map':
      requireType(graph, edit.from);
      return edit;
    case 'type-remove':
      requireType(graph, edit);
      return edit;
    case 'relation-map':
      requireRelation(graph, edit.from);
      return edit;
    case 'relation-remove':
    case 'relation-set':
      requireRelation(graph, edit.predicate);
      return edit;
    case 'type-add':
    case 'relation-add':
      return edit;
    default:
      return edit satisfies never;
  }
}

function checkMerge(graph: GraphSnapshot, { into, name, ...edit }: Extract<GraphEdit, { kind: 'merge' }>): GraphEdit {
  const [first, second] = [bearerOf(graph, into), bearerOf(graph, name)];
  if (first !== second) return { ...edit, into: nameFor(first, into), name: nameFor(second, name) };
  throw new ShoalError('conflict', `“${into}” and “${name}” are one thing already: ${first.name}.`, {
    hint: 'Split them to part them.',
  });
}

function checkSplit(graph: GraphSnapshot, { from, name, ...edit }: Extract<GraphEdit, { kind: 'split' }>): GraphEdit {
  const bearer = bearerOf(graph, from);
  const whole = nameFor(bearer, from);
  const isHeld = formsOf(graph, bearer).some((form) => nameKey(form) === nameKey(name));
  if (!isHeld) {
    throw new ShoalError('not_found', `${bearer.name} is nowhere called “${name}”.`, {
      hint: `It is called: ${[...new Set(formsOf(graph, bearer))].slice(0, 12).join(', ')}.`,
    });
  }
  if (edit.document !== undefined && !graph.documents.some((document) => document.name === edit.document)) {
    throw new ShoalError('not_found', `The graph has no document “${edit.document}”.`, {
      hint: `It has: ${graph.documents
        .map((document) => document.name)
        .slice(0, 12)
        .join(', ')}.`,
    });
  }
  if (edit.document !== undefined || plainForm(whole) !== plainForm(name)) return { ...edit, from: whole, name };
  throw new ShoalError('conflict', `“${name}” is the name of that thing itself.`, {
    hint: 'Name the document in which it is another one.',
  });
}

/** By id, by name, or by anything it is called. */
function bearerOf(graph: GraphSnapshot, reference: string): Entity {
  const key = nameKey(reference);
  const found =
    graph.entities.find(({ id }) => id === reference) ??
    graph.entities.find(({ name }) => name === reference) ??
    graph.entities.find(({ name }) => nameKey(name) === key) ??
    graph.entities.find((entity) => formsOf(graph, entity).some((form) => nameKey(form) === key));
  if (found !== undefined) return found;
  throw new ShoalError('not_found', `Nothing in the graph is called “${reference}”.`, {
    hint: 'Search the graph for its name.',
  });
}

/** An id stands for a name that may change; edits hold names. */
const nameFor = (entity: Entity, reference: string): string => (reference === entity.id ? entity.name : reference);

const formsOf = (graph: GraphSnapshot, { id, name, aliases }: Entity): readonly string[] => [
  name,
  ...aliases,
  ...graph.mentions.filter(({ entity }) => entity === id).map(({ surface }) => surface),
];

function requireType(
  graph: GraphSnapshot,
  { type, subtype }: { readonly type: string; readonly subtype?: string | undefined },
): void {
  const isThere = graph.entities.some((entity) => entity.type === type && (subtype === undefined || entity.subtype === subtype));
  if (isThere) return;
  throw new ShoalError('not_found', `Nothing in the graph is of type ${subtype === undefined ? type : `${type}/${subtype}`}.`, {
    hint: 'See its types: npx shoal graph ontology <graph>.',
  });
}

function requireRelation(graph: GraphSnapshot, predicate: string): void {
  if (graph.relations.some((relation) => relation.predicate === predicate)) return;
  throw new ShoalError('not_found', `No fact of the graph says “${predicate}”.`, {
    hint: 'See its relations: npx shoal graph ontology <graph>.',
  });
}
