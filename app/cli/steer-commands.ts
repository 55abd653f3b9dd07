// The commands that move a run, go back in it, and speak with those who live in it.
import type { Command } from 'commander';
import { ShoalError } from '#foundation';
import type { CommandTools } from './command-context.ts';

const number =
  (name: string, low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= low && value <= high) return value;
    throw new ShoalError('invalid_input', `${name} takes a number from ${low} to ${high}, not “${text}”.`, {
      hint: 'See --help after the command.',
    });
  };
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function steerCommands(program: Command, { withAction, integer }: CommandTools): void {
  const threads = (it: Command): Command => it.option('--threads <n>', 'worker threads', integer('--threads', 0));
  const moment = (it: Command): Command =>
    it.option('--at <round>', 'as of the end of this round (default: the last)', integer('--at', -1));
  const news = (it: Command): Command =>
    it
      .option('--issue <n>', 'issue that the news speaks to (default: 0)', integer('--issue', 0))
      .option('--stance <-1..1>', 'how far the news leans: +1 supports the proposition', number('--stance', -1, 1))
      .option('--reach <0..1>', 'share of agents who are shown it (default: 0.3)', number('--reach', 0, 1));

  withAction(
    threads(program.command('resume <run>').description('go on with a paused, stopped or killed run')).option(
      '--out <dir>',
      'where to write the report',
    ),
    async () => (await import('./commands/run.ts')).resume,
  );
  withAction(
    program.command('pause <run>').description('let a running run rest after its round'),
    async () => (await import('./commands/steer.ts')).pause,
  );
  withAction(
    program.command('stop <run>').description('stop a running run; it can be resumed'),
    async () => (await import('./commands/steer.ts')).stop,
  );
  withAction(
    program.command('step <run> [rounds]').description('live one round, or some, of a resting run'),
    async () => (await import('./commands/steer.ts')).step,
  );
  withAction(
    news(program.command('inject <run> <text>').description('put news into the next round of a run')),
    async () => (await import('./commands/steer.ts')).inject,
  );
  withAction(
    threads(
      news(
        program
          .command('fork <run>')
          .description('go back to a round and on from there, as a run of its own')
          .requiredOption('--at <round>', 'last round that is shared; -1 goes back to the beginning', integer('--at', -1))
          .option('--inject <text>', 'news of its first own round (may be repeated)', collect),
      )
        .option('--set <path=value>', 'another value of the scenario, e.g. behaviour.rest=2 (may be repeated)', collect)
        .option('--seed <n>', 'another seed from there on', integer('--seed', 0))
        .option('--remove-agents <list>', 'who leaves: numbers or names, with commas')
        .option('--add-agents <n>', 'how many join, drawn from the crowd', integer('--add-agents', 1))
        .option('--drop-later-news', 'leave out the news that came after that round')
        .option('--title <text>', 'what to call it')
        .option('--rest', 'make it, and let it rest there')
        .option('--out <dir>', 'where to write the report'),
    ),
    async () => (await import('./commands/fork.ts')).fork,
  );
  withAction(
    program.command('compare <run> [other]').description('how far a run and another (default: its parent) have come apart'),
    async () => (await import('./commands/fork.ts')).compare,
  );
  withAction(
    threads(program.command('replay <run>').description('recompute a run from its file and compare digests')).option(
      '--repair',
      'put a sound file in the place of a damaged one',
    ),
    async () => (await import('./commands/replay.ts')).replayRun,
  );
  withAction(
    moment(program.command('agent <run> <agent>').description('what an agent thinks, why, and what it sees (by number or name)')),
    async () => (await import('./commands/agent.ts')).showAgent,
  );
  withAction(
    moment(program.command('chat <run> <agent> <message>').description('talk to an agent (by number or name)')),
    async () => (await import('./commands/talk.ts')).chat,
  );
  withAction(
    moment(
      program
        .command('survey <run> <question>')
        .description('ask the whole population')
        .requiredOption('--options <a,b,c>', 'the answers to choose from')
        .option('--where <field=value>', 'only these agents, e.g. type=person')
        .option('--by <fields>', 'a table by these persona fields, e.g. age,region (may be repeated)', collect),
    ),
    async () => (await import('./commands/talk.ts')).survey,
  );
}
