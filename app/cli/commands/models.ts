// `shoal models list | health`: what there is with its price and who says so, and how a running server finds it doing.
import type { GatewayHealthView as Health, ModelRowView } from '#api/contract';
import { GatewayHealthView } from '#api/contract';
import type { ModelRow } from '#gateway';
import { callServer } from '../call-server.ts';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';

export async function listModels(context: CommandContext, { available }: { readonly available?: boolean }): Promise<void> {
  const { rows, groups } = await withSystem(context, ({ models }) => ({ rows: models.modelTable(), groups: models.groups() }));
  const models = rows.filter((row) => row.available || available !== true);
  const lines = models.map(modelLine);
  if (groups.length > 0) lines.push('', `Groups and aliases: ${groups.join(', ')}`);
  context.output.result({ models, groups }, lines.join('\n'));
}

/** Health lives in the process that makes the calls, so that one is asked. */
export async function showHealth(context: CommandContext, { url }: { readonly url?: string }): Promise<void> {
  const { output, signal } = context;
  const health = await callServer({ url, path: '/api/v1/gateway/health', answer: GatewayHealthView, signal });
  output.result(health, health.targets.length === 0 ? 'No model was called since the server began.' : healthText(health));
}

function modelLine({ id, available, missing, price }: ModelRow | ModelRowView): string {
  const state = available ? 'available' : `set ${missing ?? 'its key'}`;
  const cost =
    price === undefined
      ? 'no price known'
      : `$${price.inputUsd} in, $${price.outputUsd} out per million tokens  (${price.source}${price.date === undefined ? '' : `, ${price.date}`})`;
  return `${id.padEnd(44)} ${state.padEnd(30)} ${cost}`;
}

function healthText({ targets, places }: Health): string {
  const lines = targets.map(({ target, keyIndex, state, attempts, failures, inFlight, wholeMs, firstByteMs, blockedMs }) => {
    const pace = [
      wholeMs > 0 ? `${Math.round(wholeMs)} ms` : '',
      firstByteMs > 0 ? `${Math.round(firstByteMs)} ms to the first byte` : '',
    ];
    const facts = [
      `${attempts} attempts`,
      `${failures} failed`,
      `${inFlight} under way`,
      ...pace.filter((text) => text !== ''),
      ...(blockedMs > 0 ? [`again in ${Math.ceil(blockedMs / 1000)} s`] : []),
    ];
    return `${`${target} key ${keyIndex + 1}`.padEnd(48)} ${state.padEnd(10)} ${facts.join(', ')}`;
  });
  const queues = places
    .filter(({ underWay, waiting }) => underWay + waiting > 0)
    .map(({ name, underWay, waiting }) => `${name.padEnd(48)} ${underWay} under way, ${waiting} waiting`);
  return [...lines, ...(queues.length === 0 ? [] : ['', ...queues])].join('\n');
}
