// `shoal graph facts | path`: what held at a date, as it was known after so many documents, and how two things are tied.
import { ShoalError } from '#foundation';
import type { AsOf, KnowledgeGraph, Relation } from '#knowledge-graph/contract';
import { optional } from '../../views/optional.ts';
import type { CommandContext } from '../command-context.ts';
import { findGraph } from '../find-graph.ts';
import { withSystem } from '../with-system.ts';

interface AsOfOptions {
  readonly asOf?: string;
  readonly known?: number;
}

const atOf = ({ asOf, known }: AsOfOptions): AsOf => ({ ...optional('asOf', asOf), ...optional('known', known) });

export async function factsCommand(
  context: CommandContext,
  options: AsOfOptions,
  reference = '',
  entity?: string,
): Promise<void> {
  await withSystem(context, (system) => {
    const graph = findGraph(system, reference);
    const at = atOf(options);
    const facts = entity === undefined ? graph.facts(at) : graph.neighbours(idOf(graph, entity), at);
    const lines = facts.map((relation) => lineOf(graph, relation));
    context.output.result(facts, lines.length === 0 ? 'No facts.' : lines.join('\n'));
  });
}

export async function pathCommand(
  context: CommandContext,
  options: AsOfOptions,
  reference = '',
  from = '',
  to = '',
): Promise<void> {
  await withSystem(context, (system) => {
    const graph = findGraph(system, reference);
    const chain = graph.path(idOf(graph, from), idOf(graph, to), atOf(options));
    const lines = chain?.map((relation) => lineOf(graph, relation)) ?? ['No facts lead from the one to the other.'];
    context.output.result(chain ?? null, lines.length === 0 ? 'They are one thing.' : lines.join('\n'));
  });
}

/** By id, name or alias. */
function idOf({ entities }: KnowledgeGraph, reference: string): string {
  const wanted = reference.toLowerCase();
  const found =
    entities.find(({ id, name }) => id === reference || name.toLowerCase() === wanted) ??
    entities.find(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === wanted));
  if (found !== undefined) return found.id;
  throw new ShoalError('not_found', `Nothing in the graph is called “${reference}”.`, {
    hint: 'Search it: npx shoal graph search <graph> <query>.',
  });
}

function lineOf(graph: KnowledgeGraph, relation: Relation): string {
  const { validFrom, validTo, supersededBy, contradicts, speaker, modality } = relation;
  const nameOf = (id: string): string => graph.entity(id)?.name ?? id;
  const object = relation.object === undefined ? `“${relation.literal ?? ''}”` : nameOf(relation.object);
  const said = [
    ...(modality === 'asserted' ? [] : [speaker === undefined ? modality : `${modality} by ${nameOf(speaker)}`]),
    ...(validFrom === undefined && validTo === undefined ? [] : [`${validFrom ?? '…'} – ${validTo ?? '…'}`]),
    ...(supersededBy === undefined ? [] : [`closed by ${supersededBy}`]),
    ...(contradicts.length === 0 ? [] : [`contradicts ${contradicts.join(', ')}`]),
  ];
  const verb = `${relation.polarity === 'negated' ? 'not ' : ''}${relation.predicate}`;
  return `${relation.id.padEnd(5)} ${nameOf(relation.subject)} — ${verb} → ${object}${said.length === 0 ? '' : `  [${said.join('; ')}]`}`;
}
