// `shoal gateway`: the model APIs and what governs them, without the app.
import { openGatewaySystem } from '../../gateway-system.ts';
import { createGatewayServer } from '../../http/server.ts';
import type { CommandContext } from '../command-context.ts';
import { untilAborted, withServer } from '../with-server.ts';
import type { ListenOptions } from '../with-server.ts';

export const GATEWAY = { open: openGatewaySystem, serve: createGatewayServer } as const;

export function gateway(context: CommandContext, options: ListenOptions): Promise<void> {
  return withServer(context, GATEWAY, options, async ({ url, system }) => {
    const { folder } = system.home;
    const text = `Shoal's gateway is at ${url}  (OpenAI: ${url}/v1, Anthropic and Gemini: ${url}; data in ${folder}; Ctrl-C ends it)`;
    context.output.result({ url, home: folder }, text);
    await untilAborted(context.signal);
  });
}
