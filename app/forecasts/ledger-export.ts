// The whole ledger as one value: the entries as they are chained, what they come to, and the score.
import { scoreLedger } from '#reports';
import type { LedgerEntry, LedgerForecast, LedgerScore } from '#reports/contract';
import type { ForecastLedger } from './forecast-ledger.ts';

export interface LedgerExport {
  readonly format: 'shoal-forecasts';
  readonly version: 1;
  readonly entries: readonly LedgerEntry[];
  readonly forecasts: readonly LedgerForecast[];
  readonly score: LedgerScore;
}

export function ledgerExport(ledger: ForecastLedger): LedgerExport {
  const forecasts = ledger.list();
  return { format: 'shoal-forecasts', version: 1, entries: ledger.entries(), forecasts, score: scoreLedger(forecasts) };
}
