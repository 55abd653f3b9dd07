// The forecasts that a report's sources give: what its own numbers are checked against.
import type { Forecast } from '../contract.ts';
import type { Source } from '../numbers/source.ts';
import { forecast } from './forecast.ts';

export function forecastsOf({ record, members, start, cells = [], control }: Source): readonly Forecast[] {
  return forecast({ framing: record.framing, members, start, cells, control });
}
