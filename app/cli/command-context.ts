// What every command gets beside its own arguments.
import type { Output } from './output.ts';

export interface CommandContext {
  readonly output: Output;
  readonly homeOption: string | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Each command names its own options; commander hands over what the command declared, so the shapes agree by construction. */
export type Action = (context: CommandContext, options: never, ...operands: string[]) => Promise<void>;
