// `shoal graph export`: a graph as a file for other programs, to stdout or to a file, piece by piece.
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ShoalError } from '#foundation';
import { exportGraph } from '#knowledge-graph';
import { EXPORT_FORMATS } from '#knowledge-graph/contract';
import type { ExportFormat } from '#knowledge-graph/contract';
import type { CommandContext } from '../command-context.ts';
import { findGraph } from './graph.ts';

export async function exportCommand(
  { output, homeOption, signal }: CommandContext,
  options: { readonly format: string; readonly out?: string },
  reference = '',
): Promise<void> {
  const graph = await findGraph(homeOption, reference);
  const { pieces } = exportGraph(graph, formatOf(options.format));
  const source = Readable.from(pieces, { objectMode: false });
  if (options.out === undefined) {
    await pipeline(source, process.stdout, { signal, end: false });
    return;
  }
  const file = resolve(options.out);
  await pipeline(source, createWriteStream(file), { signal });
  output.result({ file, format: options.format, graph: graph.hash }, `Written to ${file}`);
}

function formatOf(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (format !== undefined) return format;
  throw new ShoalError('invalid_input', `${JSON.stringify(name)} is not a format of graphs.`, {
    hint: `Choose one of ${EXPORT_FORMATS.join(', ')}.`,
  });
}
