// Opens Shoal, listens, and closes both when the work is done: what `serve`, `gateway` and `launch` have in common.
import type { AddressInfo } from 'node:net';
import { ShoalError } from '#foundation';
import type { FastifyInstance } from 'fastify';
import type { GatewaySystem } from '../gateway-system.ts';
import { homeAt, type Home } from '../home.ts';
import type { ServerOptions } from '../http/server.ts';
import { checkBinding } from '../http/security.ts';
import type { CommandContext } from './command-context.ts';
import { portFrom } from './port.ts';

export interface ListenOptions extends Pick<ServerOptions, 'reload'> {
  readonly host?: string;
  readonly port?: number;
}

export interface Listening<S> {
  readonly url: string;
  readonly system: S;
}

/** What is opened, and how it is served. */
export interface Served<S extends GatewaySystem> {
  open(home: Home, environment: NodeJS.ProcessEnv): S;
  serve(system: S, options: ServerOptions): Promise<FastifyInstance>;
}

/** Throws `invalid_config` or `port_in_use`. */
export async function withServer<S extends GatewaySystem, T>(
  { homeOption, output }: CommandContext,
  served: Served<S>,
  options: ListenOptions,
  work: (listening: Listening<S>) => Promise<T>,
): Promise<T> {
  const { host = process.env['SHOAL_HOST'] || '127.0.0.1', reload = 'confirm' } = options;
  const port = options.port ?? portFrom(process.env['SHOAL_PORT']);
  const system = served.open(homeAt(homeOption, process.env), process.env);
  try {
    checkBinding(host, system.gateway.keys.hasAdmin());
    const server = await served.serve(system, { host, reload, log: (line) => output.note(line) });
    try {
      await listen(server, host, port);
      const { port: bound } = server.server.address() as AddressInfo;
      return await work({ url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, system });
    } finally {
      await server.close();
    }
  } finally {
    await system.close();
  }
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw new ShoalError('invalid_config', `Shoal cannot listen on ${host}, port ${port}: ${(error as Error).message}.`, {
        hint: 'Use an address of this machine (127.0.0.1, localhost, ::1) and a port that you may open (1024 to 65535).',
        cause: error,
      });
    }
    throw new ShoalError('port_in_use', `Port ${port} on ${host} is taken by another program.`, {
      hint: `Perhaps Shoal is running already: open http://${host}:${port}. Or choose another port: npm start -- --port ${port + 1}`,
      cause: error,
    });
  }
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
