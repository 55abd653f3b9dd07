// How `shoal budgets …` is written; what it does is in commands/budgets.ts.
import type { Command } from 'commander';
import type { CommandTools } from './command-context.ts';

const load = () => import('./commands/budgets.ts');

export function budgetCommands(program: Command, withAction: CommandTools['withAction']): void {
  const budgets = program.command('budgets').description('what may be spent, and what is');
  withAction(
    budgets.command('list').description('the budget tree, and how it stands').option('--all', 'closed ones too'),
    async () => (await load()).list,
  );
  withAction(budgets.command('show <node>').description('one budget'), async () => (await load()).show);
  withAction(
    budgets
      .command('set <node>')
      .description('open a budget, or change it; what is not given stays')
      .option('--usd <amount>', 'limit in USD, or none')
      .option('--tokens <n>', 'limit in tokens, or none')
      .option('--window <window>', 'none, hour, day, week, month (with a time zone if not UTC), or rolling 24h, rolling 7d')
      .option('--edge <edge>', 'hard: never passed; soft: passed, flagged and alerted')
      .option('--alerts <percents>', 'alert at these percents of a limit, e.g. 50,80,100')
      .option('--parent <node>', 'where a new budget stands (default: shoal, the root)'),
    async () => (await load()).set,
  );
  withAction(
    budgets
      .command('add <node>')
      .description('more for good, on top of the limit that it has by then')
      .option('--usd <amount>', 'so many USD more')
      .option('--tokens <n>', 'so many tokens more'),
    async () => (await load()).add,
  );
  withAction(
    budgets
      .command('extend <node>')
      .description('more for a while')
      .option('--usd <amount>', 'so many USD more')
      .option('--tokens <n>', 'so many tokens more')
      .requiredOption('--until <time>', 'an ISO time, or from now: 30m, 2h, 7d'),
    async () => (await load()).extend,
  );
  withAction(budgets.command('close <node>').description('admit nothing any more'), async () => (await load()).close);
  withAction(
    budgets
      .command('purge')
      .description('forget closed budgets; those above them keep what was spent')
      .requiredOption('--before <time>', 'those closed before then: 2026-01-31, or 30d ago'),
    async () => (await load()).purge,
  );
  withAction(
    budgets.command('alerts [node]').description('thresholds that were crossed, newest first'),
    async () => (await load()).alerts,
  );
}
