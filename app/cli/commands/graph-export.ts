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
import { findGraph } from '../find-graph.ts';
import { withSystem } from '../with-system.ts';

export async function exportCommand(
  context: CommandContext,
  options: { readonly format: string; readonly out?: string },
  reference = '',
): Promise<void> {
  const { output, signal } = context;
  await withSystem(context, async (system) => {
    const { snapshot } = findGraph(system, reference);
    const { pieces } = exportGraph(snapshot, formatOf(options.format));
    const source = Readable.from(pieces, { objectMode: false });
    if (options.out === undefined) {
      await pipeline(source, process.stdout, { signal, end: false });
      return;
    }
    const file = resolve(options.out);
    await pipeline(source, createWriteStream(file), { signal });
    output.result({ file, format: options.format, graph: snapshot.hash }, `Written to ${file}`);
  });
}

function formatOf(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (format !== undefined) return format;
  throw new ShoalError('invalid_input', `${JSON.stringify(name)} is not a format of graphs.`, {
    hint: `Choose one of ${EXPORT_FORMATS.join(', ')}.`,
  });
}
