// The commands under `shoal graph`.
import type { Command } from 'commander';
import { Option } from 'commander';
import { SEARCH_MODES } from '#knowledge-graph/contract';
import type { CommandTools } from './command-context.ts';
import { allowUrl, DOCUMENT_KINDS } from './document-options.ts';

const written = (it: Command): Command => it.option('-o, --out <file>', 'write the graph as JSON');

export function graphCommands(program: Command, { withAction, integer }: CommandTools): void {
  const graph = program.command('graph').description('the knowledge graph alone');
  const inTime = (it: Command): Command =>
    it
      .option('--as-of <date>', 'what held then: 2026, 2026-05 or 2026-05-18')
      .option('--known <n>', 'what was known when the first n documents were', integer('--known', 0));

  withAction(
    allowUrl(written(graph.command('build <files...>').description('build a graph of documents')))
      .option('--name <name>', 'what to call it (default: the names of the files)')
      .option('--model <provider/name>', 'who reads them; left out, rules do')
      .option('--vectors', 'search passages by meaning, too: a model makes vectors of them, and of every query')
      .option(
        '--embedding-model <provider/name>',
        'which model makes them (default: gateway.embeddingModel of the configuration)',
      )
      .addHelpText('after', `\n${DOCUMENT_KINDS}`),
    async () => (await import('./commands/graph.ts')).buildCommand,
  );
  withAction(
    allowUrl(written(graph.command('add <graph> <files...>').description('add documents to a graph; only they are read'))),
    async () => (await import('./commands/graph.ts')).addCommand,
  );
  withAction(
    graph.command('show [graph-or-run]').description('entities, relations and communities; without a name, all graphs'),
    async () => (await import('./commands/graph.ts')).showCommand,
  );
  withAction(
    graph
      .command('search <graph-or-run> <query>')
      .description('passages, entities and claims nearest to a query')
      .option('-k <n>', 'how many', integer('-k', 1), 10)
      .addOption(
        new Option('--mode <mode>', 'local: what is nearest; global: communities, for the whole; drift: local and on from there')
          .choices(SEARCH_MODES)
          .default('local'),
      )
      .option('--no-vectors', 'by words alone, also in a graph that has vectors')
      .option('--as-of <date>', 'as published by then, with the facts that held then (2024, 2024-05 or 2024-05-17)'),
    async () => (await import('./commands/graph.ts')).searchCommand,
  );
  withAction(
    graph
      .command('export <graph-or-run>')
      .description('write it for other programs')
      .requiredOption('--format <format>', 'graphml, gexf, json-ld, csv-nodes, csv-edges or csv-facts')
      .option('-o, --out <file>', 'file to write; without it, stdout'),
    async () => (await import('./commands/graph-export.ts')).exportCommand,
  );
  withAction(
    inTime(
      graph.command('facts <graph-or-run> [entity]').description('facts, of all things or of one, as of a point in both times'),
    ),
    async () => (await import('./commands/graph-facts.ts')).factsCommand,
  );
  withAction(
    inTime(graph.command('path <graph-or-run> <from> <to>').description('the shortest chain of facts from one thing to another')),
    async () => (await import('./commands/graph-facts.ts')).pathCommand,
  );
  withAction(
    graph.command('merges <graph-or-run>').description('names that were taken for one thing, with the reasons'),
    async () => (await import('./commands/graph-edits.ts')).mergesCommand,
  );
  withAction(
    graph.command('merge <graph> <name> <other>').description('say that the other name is the same thing'),
    async () => (await import('./commands/graph-edits.ts')).mergeCommand,
  );
  withAction(
    graph
      .command('split <graph> <name> <other>')
      .description('say that the other name is another thing')
      .option('--document <name>', 'only in this document'),
    async () => (await import('./commands/graph-edits.ts')).splitCommand,
  );
  withAction(
    graph.command('edits <graph-or-run>').description('what you decided about the graph, in order'),
    async () => (await import('./commands/graph-edits.ts')).editsCommand,
  );
  withAction(
    graph.command('undo <graph> <place>').description('take an edit back, by its place in the list'),
    async () => (await import('./commands/graph-edits.ts')).undoCommand,
  );
  withAction(
    graph
      .command('ontology <graph> [change] [words...]')
      .description(
        'show the types and relations, or change them: add-type, map-type, remove-type, add-relation, map-relation, remove-relation, set-relation',
      )
      .option('--from <types>', 'add-relation: types of its subjects (comma-separated; default: any)')
      .option('--to <types>', 'add-relation: types of its objects')
      .addOption(
        new Option('--cardinality <kind>', 'add-relation, set-relation: how many it ties at one time').choices([
          'many',
          'one-object',
          'one-subject',
          'one-to-one',
        ]),
      )
      .option('--inverse <words>', 'add-relation, set-relation: how the other side says it'),
    async () => (await import('./commands/graph-ontology.ts')).ontologyCommand,
  );
  withAction(
    graph
      .command('eval <task>')
      .description('score the embedded graph on labelled data: retrieval, ner, openie or re')
      .requiredOption('--data <file>', 'the labelled data, in the format of the task')
      .option('--predictions <file>', 'write the raw predictions, to be scored elsewhere'),
    async () => (await import('./commands/graph-eval.ts')).evalCommand,
  );
}
