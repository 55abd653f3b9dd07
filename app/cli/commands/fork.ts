// `shoal fork` and `shoal compare`: going back to a round and on from there, and how far two runs have come apart.
import { ForkRequest, type DivergenceView, type RunView } from '#api/contract';
import { ShoalError } from '#foundation';
import { divergenceView } from '../../views/divergence-view.ts';
import { agentNamed } from '../agent-named.ts';
import { checked } from '../checked.ts';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';
import { liveThrough, type LivingOptions } from './run.ts';
import { newsOf, type NewsOptions } from './steer.ts';

interface ForkOptions extends LivingOptions, NewsOptions {
  readonly at: number;
  readonly inject?: readonly string[];
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly removeAgents?: string;
  readonly addAgents?: number;
  readonly dropLaterNews?: boolean;
  readonly title?: string;
  readonly rest?: boolean;
}

export async function fork(context: CommandContext, options: ForkOptions, id = ''): Promise<void> {
  const { at, inject, set, removeAgents, seed, addAgents, dropLaterNews, title, rest } = options;
  const { output } = context;
  await withSystem(context, async (system) => {
    const { runs, gateway } = system;
    const request = checked(ForkRequest, {
      round: at,
      ...(inject === undefined ? {} : { inject: inject.map((text) => newsOf(text, options)) }),
      ...(set === undefined ? {} : { set: Object.fromEntries(set.map(setting)) }),
      ...(removeAgents === undefined
        ? {}
        : { removeAgents: listed(removeAgents).map((who) => agentNamed(runs.record(id), who)) }),
      ...Object.fromEntries(
        Object.entries({ seed, addAgents, dropLaterNews, title, rest }).filter(([, value]) => value !== undefined),
      ),
    });
    const model = request.set?.['models.model'];
    if (typeof model === 'string') gateway.languageModel({ model });
    const began = performance.now();
    const view = runs.fork(id, request);
    output.note(`run ${view.id}: ${view.title} (made in ${Math.round(performance.now() - began)} ms)`);
    if (rest === true) {
      output.result(view, `${view.id} rests after round ${at}. Go on with: npx shoal resume ${view.id}`);
      return;
    }
    await liveThrough(context, system, view.id, options, () => {
      const divergence = divergenceView(runs, view.id, undefined);
      return { value: { forkOf: view.forkOf, divergence }, text: tableOf(divergence, view) };
    });
  });
}

export async function compare(context: CommandContext, _options: unknown, id = '', other?: string): Promise<void> {
  const { divergence, view } = await withSystem(context, ({ runs }) => ({
    divergence: divergenceView(runs, id, other),
    view: runs.view(id),
  }));
  context.output.result(divergence, tableOf(divergence, view));
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** `path=value`: numbers and booleans as such, everything else as text. */
function setting(text: string): readonly [string, string | number | boolean] {
  const [, path = '', value = ''] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
  if (path === '' || value === '') {
    throw new ShoalError('invalid_input', `--set takes path=value, not “${text}”.`, {
      hint: 'For example --set behaviour.confidence-bound=0.3',
    });
  }
  if (value === 'true' || value === 'false') return [path, value === 'true'];
  return [path, Number.isFinite(Number(value)) ? Number(value) : value];
}

/** Rows of the rounds that differ; of very many, every n-th and the last. */
function tableOf({ sharedUntil, rounds, agents, with: other }: DivergenceView, { issues }: RunView): string {
  const own = rounds.slice(sharedUntil + 1);
  if (own.length === 0) return `No round differs from ${other}: all ${rounds.length} digests are the same.`;
  const every = Math.ceil(own.length / 40);
  const shown = own.filter((_, index) => index % every === 0 || index === own.length - 1);
  const head = `${'round'.padStart(5)}  ${'distance'.padStart(8)}  ${'other side'.padStart(10)}  ${issues.map(({ label }) => `shift: ${label}`).join('  ')}`;
  const lines = shown.map(({ round, distance, switched, shift }) => {
    const shifts = shift.map((value, issue) => signed(value).padStart(`shift: ${issues[issue]?.label ?? ''}`.length));
    const side = `${(100 * switched).toFixed(1)} %`;
    return `${String(round).padStart(5)}  ${distance.toFixed(4).padStart(8)}  ${side.padStart(10)}  ${shifts.join('  ')}`;
  });
  const shared = sharedUntil < 0 ? 'No round is shared' : `The same up to round ${sharedUntil}`;
  return [`${shared}; from then on, of ${agents} agents and against ${other}:`, head, ...lines].join('\n');
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(3)}`;
