// The port that the environment names, for the server and for commands that talk to it.
import { ShoalError } from '#foundation';

const DEFAULT_PORT = 4800;

export function portFrom(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new ShoalError('invalid_input', `SHOAL_PORT is “${text}”, which is not a port.`, {
    hint: 'Set a number from 0 to 65535.',
  });
}
