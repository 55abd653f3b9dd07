// What one upstream server offers, as it last said: read page by page within bounds, each definition looked at by itself,
// so that one that cannot be used takes no other with it. Asked again when the server tells of a change, and at intervals
// for servers that tell nothing; meanwhile, and while the server is away, what was known before stays in force.
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import { mirroredParameters } from '../wire/mirrored-headers.ts';
import type { MirroredParameter } from '../wire/mirrored-headers.ts';
import { NOBODY } from '../upstream/caller.ts';
import type { ServerFacts } from '../upstream/connection.ts';
import { isUnknownMethod } from '../upstream/peer.ts';
import { declares } from '../upstream/upstream.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { pinKey } from './pins.ts';
import type { Definition, Pins } from './pins.ts';
import { schemaCheck } from './schema-check.ts';
import type { SchemaCheck } from './schema-check.ts';

export interface ListedTool {
  readonly name: string;
  readonly definition: Json;
  readonly mirrored: readonly MirroredParameter[];
  /** Made when first asked for. */
  checkArguments(): SchemaCheck;
  checkResult(): SchemaCheck | undefined;
}

export interface Listing {
  readonly facts: ServerFacts;
  /** Withheld while they wait for approval. */
  readonly instructions: string | undefined;
  readonly tools: readonly ListedTool[];
  readonly prompts: readonly Json[];
  readonly resources: readonly Json[];
  readonly templates: readonly Json[];
  /** Tools and prompts that wait for approval, as `kind:name`. */
  readonly held: ReadonlySet<string>;
  /** Definitions that were left out, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

const MAX_PAGES = 50;
const MAX_ENTRIES = 5000;
const LARGEST_DEFINITION_CHARACTERS = 512 * 1024;
/** Letters that show as nothing or as something else have no place in a name. */
const NAME = /^[\p{L}\p{N}_.:/ -]{1,128}$/u;

/** Throws as `Upstream.call` does. */
export async function readListing(upstream: Upstream, pins: Pins, signal: AbortSignal): Promise<Listing> {
  const before = await upstream.facts(signal);
  const read = async (capability: string, method: string, key: string): Promise<readonly Json[]> =>
    declares(before, capability) ? entriesOf(upstream, method, key, signal) : [];
  const [tools, prompts, resources, templates] = await Promise.all([
    read('tools', 'tools/list', 'tools'),
    read('prompts', 'prompts/list', 'prompts'),
    read('resources', 'resources/list', 'resources'),
    read('resources', 'resources/templates/list', 'resourceTemplates'),
  ]);
  // A server that was greeted anew meanwhile may say something else of itself.
  const facts = await upstream.facts(signal);
  const left: { name: string; why: string }[] = [];
  const listedTools = unique(tools, left, toolOf);
  const listedPrompts = unique(prompts, left, (prompt, name) => ({ name, definition: prompt }));
  const about: Json = facts.instructions === undefined ? {} : { instructions: facts.instructions };
  const held =
    upstream.settings.pins === 'trust'
      ? new Set<string>()
      : pins.hold(upstream.name, [
          { kind: 'server', name: '', definition: about },
          ...listedTools.map(({ name, definition }): Definition => ({ kind: 'tool', name, definition })),
          ...listedPrompts.map(({ name, definition }): Definition => ({ kind: 'prompt', name, definition })),
        ]);
  return {
    facts,
    instructions: held.has(pinKey('server', '')) ? undefined : facts.instructions,
    tools: listedTools,
    prompts: listedPrompts.map(({ definition }) => definition),
    resources: resources.filter(({ uri }) => typeof uri === 'string'),
    templates: templates.filter(({ uriTemplate }) => typeof uriTemplate === 'string'),
    held,
    left,
  };
}

async function entriesOf(upstream: Upstream, method: string, key: string, signal: AbortSignal): Promise<readonly Json[]> {
  const entries: Json[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && entries.length < MAX_ENTRIES; page++) {
    let answer: Json;
    try {
      answer = await upstream.call({ method, params: cursor === undefined ? {} : { cursor }, caller: NOBODY, signal });
    } catch (error) {
      // Servers declare resources and have no templates, for example.
      if (isUnknownMethod(error)) return entries;
      throw error;
    }
    const listed = answer[key];
    if (Array.isArray(listed)) entries.push(...listed.filter(isJson).slice(0, MAX_ENTRIES - entries.length));
    const { nextCursor } = answer;
    if (typeof nextCursor !== 'string' || cursors.has(nextCursor)) break;
    cursors.add(nextCursor);
    cursor = nextCursor;
  }
  return entries;
}

/** The first of each name; `make` says why one cannot be used. */
function unique<T>(
  entries: readonly Json[],
  left: { name: string; why: string }[],
  make: (entry: Json, name: string) => T | string,
): readonly T[] {
  const names = new Set<string>();
  const made: T[] = [];
  for (const entry of entries) {
    const { name } = entry;
    const shown = String(name).slice(0, 128);
    const result =
      typeof name !== 'string' || !NAME.test(name)
        ? 'has a name that cannot be used'
        : names.has(name)
          ? 'has the name of one before it'
          : JSON.stringify(entry).length > LARGEST_DEFINITION_CHARACTERS
            ? `is longer than ${LARGEST_DEFINITION_CHARACTERS} characters`
            : make(entry, name);
    if (typeof result === 'string') left.push({ name: shown, why: result });
    else {
      names.add(shown);
      made.push(result);
    }
  }
  return made;
}

function toolOf(definition: Json, name: string): ListedTool | string {
  const { inputSchema, outputSchema } = definition;
  if (!isJson(inputSchema)) return 'has no schema for its arguments';
  const mirrored = mirroredParameters(inputSchema);
  if (mirrored === undefined) return 'has an x-mcp-header where none may stand';
  let checkArguments: SchemaCheck | undefined;
  let checkResult: SchemaCheck | undefined;
  return {
    name,
    definition,
    mirrored,
    checkArguments: () => (checkArguments ??= checkOf(inputSchema)),
    checkResult: () => (isJson(outputSchema) ? (checkResult ??= checkOf(outputSchema)) : undefined),
  };
}

/** A schema that is not taken lets nothing through, and says why. */
function checkOf(schema: Json): SchemaCheck {
  try {
    return schemaCheck(schema);
  } catch (error) {
    const problems = [`(schema): cannot be checked, since it ${(error as Error).message}`];
    return () => problems;
  }
}
