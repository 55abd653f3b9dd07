// `shoal tools …`: what tool servers offer, calling a tool, and looking at definitions before models believe them.
import { PIN_KINDS } from '#gateway/contract';
import type { PinKind, PinView, Tools, ToolServerView } from '#gateway/contract';
import { LOCAL_PRINCIPAL } from '#gateway';
import { ShoalError } from '#foundation';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';

const ACTOR = 'command line';
/** The beginning of a hash tells two definitions apart for a person. */
const SHOWN_HASH = 12;
const SHOWN_DESCRIPTION = 100;

interface AtEndpoint {
  readonly endpoint: string;
}

const withTools = <T>(context: CommandContext, work: (tools: Tools) => Promise<T> | T): Promise<T> =>
  withSystem(context, ({ gateway }) => work(gateway.tools));

export async function listServers(context: CommandContext): Promise<void> {
  const servers = await withTools(context, (tools) => tools.servers(context.signal));
  const lines = servers.map(serverLine);
  context.output.result({ servers }, lines.length === 0 ? NO_SERVERS : lines.join('\n'));
}

const NO_SERVERS = 'No tool servers. Name them under gateway.tools.servers in config.yaml.';

function serverLine({
  name,
  transport,
  state,
  revision = '–',
  tools,
  prompts,
  resources,
  waiting,
  error,
  left,
}: ToolServerView): string {
  const facts = [`${tools} tools`, `${prompts} prompts`, `${resources} resources`];
  if (waiting > 0) facts.push(`${waiting} wait for approval (npx shoal tools pins --waiting)`);
  const line = `${name.padEnd(24)} ${transport.padEnd(6)} ${state.padEnd(10)} ${revision.padEnd(11)} ${facts.join(', ')}`;
  return [line, ...(error === undefined ? [] : [`     ${error}`]), ...left.map((one) => `     ${one.name} ${one.why}`)].join(
    '\n',
  );
}

export async function listTools(context: CommandContext, { endpoint }: AtEndpoint): Promise<void> {
  const tools = await withTools(context, (all) => all.list(endpoint, LOCAL_PRINCIPAL, context.signal));
  const lines = tools.map(({ name, title, description = title ?? '' }) => {
    const [first = ''] = description.split('\n');
    return `${name.padEnd(40)} ${first.slice(0, SHOWN_DESCRIPTION)}`.trimEnd();
  });
  context.output.result({ tools }, lines.length === 0 ? 'No tools here.' : lines.join('\n'));
}

/** Ends with `tool_failed` where the tool says that it failed, so that scripts see it. */
export async function callTool(
  context: CommandContext,
  { endpoint, args }: AtEndpoint & { readonly args: string },
  name = '',
): Promise<void> {
  const given = argumentsOf(args);
  const result = await withTools(context, (tools) => tools.call(endpoint, name, given, LOCAL_PRINCIPAL, context.signal));
  const text = result.content.map(contentText).join('\n');
  if (result.isError)
    throw new ShoalError('tool_failed', text === '' ? `${name} failed.` : text, {
      hint: `See the call: npx shoal traces show ${result.requestId}`,
      details: { requestId: result.requestId },
    });
  context.output.result(result, text);
}

function argumentsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Refused below, in the same words as JSON that is no object.
  }
  throw new ShoalError('invalid_input', `--args is not a JSON object: ${text.slice(0, 100)}`, {
    hint: `Quote it for the shell: --args '{"query":"tides"}'`,
  });
}

function contentText(block: unknown): string {
  const { type, text } = block as { readonly type?: unknown; readonly text?: unknown };
  return type === 'text' && typeof text === 'string' ? text : JSON.stringify(block);
}

export async function listPins(
  context: CommandContext,
  { server, waiting = false }: { readonly server?: string; readonly waiting?: boolean },
): Promise<void> {
  const all = await withTools(context, (tools) => tools.pins(server));
  const pins = all.filter((pin) => !waiting || pin.waiting !== undefined);
  context.output.result({ pins }, pins.length === 0 ? 'Nothing.' : pins.map(pinText).join('\n'));
}

function pinText({ server, kind, name, approved, waiting }: PinView): string {
  const what = `${server} ${kind}${name === '' ? '' : ` ${name}`}`;
  const held = approved === undefined ? 'never approved' : `approved ${approved.at} ${approved.hash.slice(0, SHOWN_HASH)}`;
  if (waiting === undefined) return `${what.padEnd(48)} ${held}`;
  return [
    `${what.padEnd(48)} ${held}; waits since ${waiting.at}`,
    ...(approved === undefined ? [] : [`   was: ${approved.definition}`]),
    `   now: ${waiting.definition}`,
    `   npx shoal tools approve-definition ${server} ${kind} ${name} --hash ${waiting.hash}`,
  ].join('\n');
}

export async function approveDefinition(
  context: CommandContext,
  { hash }: { readonly hash?: string },
  server = '',
  kind = '',
  name = '',
): Promise<void> {
  if (!isPinKind(kind)) {
    throw new ShoalError('invalid_input', `“${kind}” is no kind of definition.`, { hint: `There are ${PIN_KINDS.join(', ')}.` });
  }
  const pin = await withTools(context, (tools) => tools.approveDefinition({ server, kind, name, hash }, ACTOR));
  context.output.result(pin, `Approved: ${pinText(pin)}`);
}

const isPinKind = (kind: string): kind is PinKind => (PIN_KINDS as readonly string[]).includes(kind);
