// What a person names on the command line, as files: paths, and addresses of the web where that is allowed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ShoalError } from '#foundation';
import { fetchDocument, isUrl } from '#knowledge-graph';
import type { InputFile } from '#knowledge-graph/contract';
import { readConfig } from '../config.ts';
import { homeAt } from '../home.ts';
import type { CommandContext } from './command-context.ts';

/** In their order. Throws `not_found`, `invalid_input`, `forbidden` for an address without leave, and as fetching does. */
export async function inputFiles(
  operands: readonly string[],
  { allowUrl = false }: { readonly allowUrl?: boolean },
  context: CommandContext,
): Promise<readonly InputFile[]> {
  const address = operands.find(isUrl);
  if (address !== undefined && !allowUrl && !readConfig(homeAt(context.homeOption, process.env).config).documents.allowUrls) {
    throw new ShoalError('forbidden', `${address} is an address of the web, and nothing is fetched without leave.`, {
      hint: 'Add --allow-url, or set documents.allowUrls: true in config.yaml.',
    });
  }
  const files: InputFile[] = [];
  for (const operand of operands) {
    if (isUrl(operand)) {
      context.output.progress(`… fetching ${operand}`);
      files.push(await fetchDocument(operand, { signal: context.signal }));
    } else files.push(readPath(operand));
  }
  return files;
}

function readPath(path: string): InputFile {
  if (!existsSync(path)) throw new ShoalError('not_found', `There is no file ${path}.`, { hint: 'Check the path.' });
  if (statSync(path).isDirectory()) {
    throw new ShoalError('invalid_input', `${path} is a folder, and documents are given as files.`, {
      hint: `Name the files (${path}/*), or run it as a scenario: npx shoal run ${path}, without --question.`,
    });
  }
  return { name: basename(path), bytes: readFileSync(path) };
}
