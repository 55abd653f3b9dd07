// How `shoal traces …` is written; what it does is in commands/traces.ts.
import type { Command } from 'commander';
import type { CommandTools } from './command-context.ts';

const load = () => import('./commands/traces.ts');

/** Which calls are meant. */
const range = (it: Command): Command =>
  it
    .option('--since <time>', 'from then on: 2026-01-31, 2026-01-31T12:00:00Z, 24h or 7d ago')
    .option('--until <time>', 'before then')
    .option('--run <run>', 'of this run')
    .option('--team <team>', 'of this team')
    .option('--user <user>', 'of this user')
    .option('--key <id>', 'of this key (its public id)')
    .option('--model <provider/name>', 'answered by this model')
    .option('--provider <provider>', 'answered by this provider')
    .option('--stage <stage>', 'for this stage of a run')
    .option('--outcome <outcome>', 'ok, cassette, denied, failed, cancelled');

export function traceCommands(program: Command, { withAction, integer }: CommandTools): void {
  const traces = program.command('traces').description('what was called, what it cost, and forgetting it');
  withAction(
    range(traces.command('list').description('requests, newest first'))
      .option('--error <code>', 'with this error')
      .option('--door <door>', 'that came by this door: openai-chat, mcp …')
      .option('--limit <n>', 'how many (default: 100)', integer('--limit', 1))
      .option('--before <place>', 'the next page: the place that the page before named'),
    async () => (await load()).listRequests,
  );
  withAction(
    traces.command('show <request>').description('one request with its spans and steps'),
    async () => (await load()).showRequest,
  );
  withAction(
    range(traces.command('usage').description('calls, tokens and costs by group'))
      .option('--by <list>', 'team, user, key, model, provider, run, stage, outcome, day, hour (default: model)')
      .option('--quantiles', 'with quantiles of latency (--json)'),
    async () => (await load()).showUsage,
  );
  withAction(
    range(traces.command('export').description('requests (or usage) as a .json or .csv file'))
      .requiredOption('-o, --out <file>', 'file to write')
      .option('--usage', 'usage instead of requests')
      .option('--by <list>', 'with --usage: by what'),
    async () => (await load()).exportTraces,
  );
  withAction(
    traces
      .command('purge')
      .description('forget requests, their bodies, and kept conversations; usage stays')
      .requiredOption('--before <time>', 'what is older: 2026-01-31, or 30d')
      .option('--bodies', 'only the bodies and conversations'),
    async () => (await load()).purgeTraces,
  );
}
