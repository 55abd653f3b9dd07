// What every command gets beside its own arguments.
import type { Command } from 'commander';
import type { Output } from './output.ts';

export interface CommandContext {
  readonly output: Output;
  readonly homeOption: string | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What groups of commands are written with. */
export interface CommandTools {
  /** Loads what a command does when it is called. */
  readonly withAction: (made: Command, load: () => Promise<Action>) => Command;
  /** Reads an option as a whole number of at least `least`. */
  readonly integer: (name: string, least: number) => (text: string) => number;
}

/** Each command names its own options; commander hands over what the command declared, so the shapes agree by construction. */
export type Action = (context: CommandContext, options: never, ...operands: string[]) => Promise<void>;
