// Sealed forecasts and what became of them, as entries of a ledger.
import { foldLedger, LEDGER_GENESIS, nextEntry } from '#reports';
import type { ForecastToSeal, LedgerAct, LedgerEntry, LedgerForecast } from '#reports/contract';

export function sealedForecast(over: Partial<ForecastToSeal> = {}): ForecastToSeal {
  return {
    text: 'Will the toll be adopted?',
    kind: 'binary',
    by: '2030-01-31T00:00:00Z',
    resolution: 'The minutes of the council.',
    distribution: yesNo(0.7),
    baselines: [],
    calibration: 'spread of the simulation, not yet calibrated',
    inputs: {},
    versions: {},
    ...over,
  };
}

const yesNo = (yes: number): ForecastToSeal['distribution'] => ({
  kind: 'options',
  options: [
    { option: 'yes', probability: yes },
    { option: 'no', probability: 1 - yes },
  ],
});

export const drawsOf = (...draws: readonly number[]): ForecastToSeal['distribution'] => ({
  kind: 'draws',
  unit: 'votes',
  draws: [...draws],
});

type Told = readonly [act: LedgerAct, forecast: string, body: unknown];

export function ledgerOf(...told: readonly Told[]): readonly LedgerForecast[] {
  const entries: LedgerEntry[] = [];
  for (const [act, forecast, body] of told)
    entries.push(nextEntry(entries.at(-1) ?? LEDGER_GENESIS, { at: '2029-01-01T00:00:00.000Z', act, forecast, body }));
  return foldLedger(entries);
}

/** One resolved yes/no forecast per pair of probability and outcome. */
export const resolvedLedger = (
  pairs: readonly (readonly [yes: number, happened: boolean])[],
  baseline?: number,
): readonly LedgerForecast[] =>
  ledgerOf(
    ...pairs.flatMap(([yes, happened], at): readonly Told[] => [
      [
        'sealed',
        `f-${at}`,
        sealedForecast({
          distribution: yesNo(yes),
          baselines: baseline === undefined ? [] : [{ name: 'even', distribution: yesNo(baseline) }],
        }),
      ],
      ['resolved', `f-${at}`, { outcome: { option: happened ? 'yes' : 'no' }, source: 'minutes' }],
    ]),
  );
