// Where words go: results to stdout, progress to stderr, one line rewritten in place on a terminal.

export interface Output {
  readonly json: boolean;
  /** The command's result: `text` for people, `value` with --json. */
  result(value: unknown, text: string): void;
  /** Progress that replaces itself. `final` leaves the line standing. */
  progress(text: string, final?: boolean): void;
  /** A line of its own on stderr. */
  note(text: string): void;
}

export function createOutput({ json, quiet }: { readonly json: boolean; readonly quiet: boolean }): Output {
  const terminal = process.stderr.isTTY;
  let open = false;
  const closeLine = (): void => {
    if (open) process.stderr.write('\n');
    open = false;
  };
  return {
    json,
    result: (value, text) => {
      closeLine();
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
    },
    progress: (text, final = false) => {
      if (quiet) return;
      if (terminal) {
        process.stderr.write(`\r\u001B[2K${text.slice(0, (process.stderr.columns ?? 100) - 1)}`);
        open = true;
        if (final) closeLine();
      } else if (final) process.stderr.write(`${text}\n`);
    },
    note: (text) => {
      if (quiet) return;
      closeLine();
      process.stderr.write(`${text}\n`);
    },
  };
}
