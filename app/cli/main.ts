// The command line. Each command lives in its own file and is loaded when it is called, so that `--help` and
// errors are instant. stdout carries results (one JSON document with --json); progress and logs go to stderr.
import { Command, CommanderError, Option } from 'commander';
import { ShoalError, toShoalError } from '#foundation';
import { shoalVersion } from '../version.ts';
import { allowUrl } from './document-options.ts';
import { forecastCommands } from './forecast-commands.ts';
import { graphCommands } from './graph-commands.ts';
import { governanceCommands } from './governance-commands.ts';
import { budgetCommands } from './budget-commands.ts';
import { dieWithParent, interruptSignal } from './interrupt.ts';
import { createOutput } from './output.ts';
import { steerCommands } from './steer-commands.ts';
import { traceCommands } from './trace-commands.ts';
import type { Action, CommandContext } from './command-context.ts';

const USAGE = { hint: 'See npx shoal --help, or --help after the command.' };

const integer =
  (name: string, least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new ShoalError('invalid_input', `${name} takes a whole number of at least ${least}, not “${text}”.`, USAGE);
  };
const port = (text: string): number => {
  const value = integer('--port', 0)(text);
  if (value < 65_536) return value;
  throw new ShoalError('invalid_input', `--port takes a number from 0 to 65535, not “${text}”.`, USAGE);
};
const amount =
  (name: string) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0) return value;
    throw new ShoalError('invalid_input', `${name} takes a number of at least 0, not “${text}”.`, USAGE);
  };

const listenOptions = (it: Command): Command =>
  it
    .option('--host <host>', 'address to listen on (default: SHOAL_HOST, else 127.0.0.1)')
    .option('--port <port>', 'port to listen on (default: SHOAL_PORT, else 4800)', port)
    .addOption(
      new Option('--reload <mode>', 'a changed config.yaml is applied when confirmed, or at once')
        .choices(['confirm', 'auto'])
        .default('confirm'),
    );

async function main(argv: readonly string[]): Promise<void> {
  dieWithParent();
  const program = new Command('shoal')
    .description('Rehearse the future: documents → knowledge graph → population → world → forecast and report.')
    .version(shoalVersion())
    .option('--home <dir>', 'where Shoal keeps its data (default: SHOAL_HOME, else ./data)')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no progress on stderr')
    .showSuggestionAfterError()
    .showHelpAfterError('(see shoal --help)')
    .exitOverride()
    .enablePositionalOptions(false);

  const command = (
    usage: string,
    description: string,
    load: () => Promise<Action>,
    shape: (command: Command) => Command = (it) => it,
  ): Command => {
    const made = shape(program.command(usage).description(description));
    return withAction(made, load);
  };
  const withAction = (made: Command, load: () => Promise<Action>): Command =>
    made.action(async (...args: unknown[]) => {
      const { home, json, quiet } = program.opts<{ home?: string; json?: boolean; quiet?: boolean }>();
      const output = createOutput({ json: json ?? false, quiet: quiet ?? false });
      const operands = args
        .slice(0, -2)
        .flat()
        .filter((value): value is string => typeof value === 'string');
      const action = await load();
      let signal: AbortSignal | undefined;
      const context: CommandContext = {
        output,
        homeOption: home,
        // A command that hands the terminal on to another program leaves Ctrl-C to that.
        get signal() {
          return (signal ??= interruptSignal());
        },
      };
      await action(context, args.at(-2) as never, ...operands);
    });
  const runOptions = (it: Command): Command =>
    allowUrl(it)
      .option('--question <text>', 'what you want to know (needed with files; else instead of the scenario’s own)')
      .option('--seed <n>', 'seed of all randomness', integer('--seed', 0))
      .option('--agents <n>', 'size of the population', integer('--agents', 2))
      .option('--rounds <n>', 'rounds to live', integer('--rounds', 1))
      .option('--threads <n>', 'worker threads (never changes the result)', integer('--threads', 0))
      .option('--ensemble <n>', 'seeds that the forecast is taken over', integer('--ensemble', 1))
      .option('--model <provider/name>', 'model for extraction, personas, agents and report')
      .option('--agent-share <0..1>', 'share of active agents that decide by the model', amount('--agent-share'))
      .option('--budget <usd>', 'hard limit of this run', amount('--budget'))
      .option('--out <dir>', 'where to write the report (default: SHOAL_HOME/reports/<run>)');

  command(
    'serve',
    'start the app',
    async () => (await import('./commands/serve.ts')).serve,
    (it) =>
      listenOptions(it).addOption(new Option('--first-run', 'live the quickstart scenario when there is no run yet').hideHelp()),
  );
  command(
    'gateway',
    'start the gateway alone: model APIs and governance, without runs and page',
    async () => (await import('./commands/gateway.ts')).gateway,
    listenOptions,
  );
  command(
    'launch <tool> [args...]',
    'start a coding agent (claude, codex, gemini, opencode, aider) whose models come by the gateway',
    async () => (await import('./commands/launch.ts')).launch,
    (it) =>
      it
        .option('--model <provider/name>', 'the model, a group or an alias (default: what the tool asks for)')
        .option('--budget <usd>', 'hard limit of its key', amount('--budget'))
        .option('--keep-key', 'use one lasting key for this tool, instead of one that ends with it')
        .addHelpText('after', '\nArguments for the tool stand behind --, as in: shoal launch claude -- --continue'),
  );
  command('run <scenario-or-files...>', 'documents to report', async () => (await import('./commands/run.ts')).run, runOptions);
  command(
    'estimate <scenario-or-files...>',
    'calls, tokens, cost and time before spending',
    async () => (await import('./commands/estimate.ts')).estimate,
    runOptions,
  );
  command('runs', 'list runs', async () => (await import('./commands/runs.ts')).listRuns);
  command('scenarios', 'list bundled scenarios', async () => (await import('./commands/runs.ts')).listBundled);
  steerCommands(program, { withAction, integer });
  command(
    'report <run>',
    'write the report',
    async () => (await import('./commands/report.ts')).report,
    (it) =>
      it
        .option('--format <list>', 'md, html, json (comma-separated)', 'md,html,json')
        .option('-o, --out <dir>', 'folder to write to'),
  );
  command(
    'backtest <suite>',
    'Shoal against what is known, beside simpler rules: cascades, cascade-replay, herding',
    async () => (await import('./commands/backtest.ts')).backtest,
    (it) =>
      it
        .option('--data <dir>', 'folder of the suite’s data')
        .option('--observe <time>', 'cascades: how much of each is seen, as 60m, 2h or 1d', '60m')
        .option('--horizon <time>', 'cascades: the age that is forecast', '24h')
        .option('--folds <k>', 'cascades: parts; each is forecast by what the others teach', integer('--folds', 2), 10)
        .option('--draws <n>', 'cascades: draws of each forecast', integer('--draws', 20), 1000)
        .option('--seed <n>', 'cascades: seed of folds and draws', integer('--seed', 0), 1),
  );
  command(
    'export <run>',
    'write a run as one portable file',
    async () => (await import('./commands/transfer.ts')).exportRun,
    (it) => it.requiredOption('-o, --out <file>', 'file to write'),
  );
  command('import <file>', 'take in a run that was exported', async () => (await import('./commands/transfer.ts')).importRun);
  command(
    'doctor',
    'what is installed, reachable and configured, and what to do',
    async () => (await import('./commands/doctor.ts')).doctor,
    (it) => it.option('--behaviour', 'print the behaviour table'),
  );
  graphCommands(program, { withAction, integer });
  forecastCommands(program, { withAction, integer });
  governanceCommands(program, { withAction, integer, amount });

  traceCommands(program, { withAction, integer });
  budgetCommands(program, withAction);

  await program.parseAsync(argv);
}

// Whoever reads may leave before the end (`| head`); the work goes on, and nobody is told.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
try {
  await main(process.argv);
} catch (thrown) {
  process.exitCode = report(thrown);
}

/** Says what is wrong, where and what to do; returns the exit code. */
function report(thrown: unknown): number {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
  const error = thrown instanceof CommanderError ? usageError(thrown) : toShoalError(thrown);
  if (process.argv.includes('--json')) {
    const { code, message, hint, details } = error;
    process.stdout.write(`${JSON.stringify({ error: { code, message, hint, details } }, null, 2)}\n`);
  }
  // Commander has said it already.
  if (thrown instanceof CommanderError) return error.exitCode;
  process.stderr.write(`shoal: ${error.message}\n${error.hint === undefined ? '' : `  → ${error.hint}\n`}`);
  if (error.code === 'internal' && error.cause instanceof Error) process.stderr.write(`${error.cause.stack ?? ''}\n`);
  return error.exitCode;
}

function usageError({ code, message }: CommanderError): ShoalError {
  const words = code === 'commander.help' ? 'No command was given.' : message.replace(/^error: /, '');
  return new ShoalError('invalid_input', words, USAGE);
}
