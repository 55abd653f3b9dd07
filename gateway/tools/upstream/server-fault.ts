// What a tool server did wrong, said with where to look.
import { ShoalError } from '#foundation';

export const serverFault = (message: string, cause?: unknown): ShoalError =>
  new ShoalError('tool_failed', message, {
    hint: '`npx shoal tools servers` says how it is; its settings stand under gateway.tools.servers in config.yaml.',
    ...(cause === undefined ? {} : { cause }),
  });
