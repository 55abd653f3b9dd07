// What every command gets beside its own arguments.
import type { Output } from './output.ts';

export interface CommandContext {
  readonly output: Output;
  readonly homeOption: string | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
