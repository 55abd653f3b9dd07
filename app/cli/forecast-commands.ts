// The commands under `shoal forecast`: the ledger of what was forecast and what became of it.
import type { Command } from 'commander';
import type { CommandTools } from './command-context.ts';

const actions = async () => import('./commands/forecast.ts');

export function forecastCommands(program: Command, { withAction, integer }: CommandTools): void {
  const forecast = program.command('forecast').description('the ledger of sealed forecasts, their outcomes and scores');
  withAction(
    forecast
      .command('seal <run-or-file>')
      .description('write a run’s forecast (or a .json file’s) into the ledger, before the outcome is known')
      .option('--question <n>', 'which of the run’s questions, from 0', integer('--question', 0), 0)
      .option('--by <time>', 'when the outcome should be known: 90d, or 2030-01-31')
      .option('--resolution <text>', 'who will look it up, where (default: what the scenario says)'),
    async () => (await actions()).seal,
  );
  withAction(
    forecast
      .command('resolve <forecast>')
      .description('enter what came true')
      .requiredOption('--outcome <outcome>', 'an option of the forecast, or a number')
      .requiredOption('--source <text>', 'where it was looked up'),
    async () => (await actions()).resolveForecast,
  );
  const because = (name: string, description: string): Command =>
    forecast.command(`${name} <forecast>`).description(description).requiredOption('--reason <text>', 'why');
  withAction(because('void', 'its question has no answer; it stays in the count'), async () => (await actions()).makeVoid);
  withAction(because('dispute', 'what was entered is doubted; it can be resolved anew'), async () => (await actions()).dispute);
  withAction(forecast.command('list').description('all forecasts, in the order of sealing'), async () => (await actions()).list);
  withAction(forecast.command('show <forecast>').description('one forecast and its history'), async () => (await actions()).show);
  withAction(
    forecast
      .command('score')
      .description('Brier, log score, calibration and skill of what is resolved')
      .option('--diagram <file>', 'write the reliability diagram as .svg'),
    async () => (await actions()).score,
  );
  withAction(
    forecast
      .command('export')
      .description('the whole ledger as one JSON file')
      .requiredOption('-o, --out <file>', 'file to write'),
    async () => (await actions()).exportLedger,
  );
  withAction(
    forecast
      .command('verify')
      .description('whether the ledger is as it was written')
      .option('--head <seq:hash>', 'a head that was noted before'),
    async () => (await actions()).verify,
  );
}
