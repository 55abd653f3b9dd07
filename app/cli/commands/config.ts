// `shoal config …`: what stands in config.yaml, and what of it the running server has not taken yet.
import { z } from 'zod';
import { ConfigChangeView, ConfigStateView } from '#api/contract';
import { ShoalError } from '#foundation';
import { changeText, flatConfig, type ConfigChange } from '../../config-diff.ts';
import { callServer } from '../call-server.ts';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';

interface ServerOption {
  readonly url?: string;
}

export async function showConfig(context: CommandContext): Promise<void> {
  const settings = await withSystem(context, ({ settings, gateway }) => flatConfig(settings, (text) => gateway.redact(text)));
  const lines = Object.entries(settings).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
  context.output.result(settings, lines.join('\n'));
}

export async function diffRunning(context: CommandContext, { url }: ServerOption): Promise<void> {
  const state = await pending(context, url);
  context.output.result(state, state.kind === 'pending' ? textOf(state.changes) : 'The server has all of config.yaml.');
}

export async function applyToRunning(context: CommandContext, { url }: ServerOption): Promise<void> {
  const { output, signal } = context;
  const state = await pending(context, url);
  if (state.kind !== 'pending') return output.result({ applied: [] }, 'The server has all of config.yaml.');
  output.note(textOf(state.changes));
  const answer = await callServer({
    url,
    path: '/api/v1/config/apply',
    body: { digest: state.digest },
    answer: z.object({ applied: z.array(ConfigChangeView) }),
    signal,
  });
  output.result(answer, `${answer.applied.length} changes are in force.`);
}

async function pending(
  { signal }: CommandContext,
  url: string | undefined,
): Promise<Exclude<ConfigStateView, { kind: 'refused' }>> {
  const state = await callServer({ url, path: '/api/v1/config/pending', answer: ConfigStateView, signal });
  if (state.kind !== 'refused') return state;
  const { detail, hint, details } = state.problem;
  throw new ShoalError('invalid_config', detail, {
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  });
}

const textOf = (changes: readonly ConfigChange[]): string => changes.map((change) => changeText(change)).join('\n');
