// The ledger's entries → what each forecast has come to, and which acts are open to it. A forecast once resolved can be
// disputed and resolved anew, but never voided out of a bad score: only open and disputed ones become void.
import { ShoalError } from '#foundation';
import { ForecastToSeal, Objection, Resolution } from '../contract.ts';
import type { LedgerAct, LedgerEntry, LedgerForecast, Outcome } from '../contract.ts';

const FROM: Readonly<Record<Exclude<LedgerAct, 'sealed'>, readonly LedgerForecast['state'][]>> = {
  resolved: ['open', 'disputed', 'failed'],
  void: ['open', 'disputed'],
  disputed: ['resolved', 'void'],
};

/** In the order of sealing. The entries must verify; see `verifyLedger`. */
export function foldLedger(entries: Iterable<LedgerEntry>): readonly LedgerForecast[] {
  const forecasts = new Map<string, LedgerForecast>();
  for (const entry of entries) {
    const body = JSON.parse(entry.body) as unknown;
    const known = forecasts.get(entry.forecast);
    if (entry.act === 'sealed') forecasts.set(entry.forecast, sealed(entry, ForecastToSeal.parse(body)));
    else if (known !== undefined) forecasts.set(entry.forecast, changed(known, entry, body));
  }
  return [...forecasts.values()];
}

function sealed({ at, forecast: id, hash }: LedgerEntry, forecast: ForecastToSeal): LedgerForecast {
  return {
    id,
    sealedAt: at,
    hash,
    forecast,
    state: forecast.distribution.kind === 'failed' ? 'failed' : 'open',
    outcome: undefined,
    source: undefined,
    history: [{ at, act: 'sealed', words: forecast.text }],
  };
}

function changed(known: LedgerForecast, { at, act }: LedgerEntry, body: unknown): LedgerForecast {
  if (act === 'resolved') {
    const { outcome, source } = Resolution.parse(body);
    const state = known.forecast.distribution.kind === 'failed' ? 'failed' : 'resolved';
    return {
      ...known,
      state,
      outcome,
      source,
      history: [...known.history, { at, act, words: `${outcomeWords(outcome)} (${source})` }],
    };
  }
  const { reason } = Objection.parse(body);
  const state = act === 'void' ? 'void' : 'disputed';
  return { ...known, state, history: [...known.history, { at, act, words: reason }] };
}

export const outcomeWords = (outcome: Outcome): string => ('option' in outcome ? outcome.option : String(outcome.value));

/** Throws `conflict` where the forecast's state does not allow the act. */
export function checkAct({ id, state }: LedgerForecast, act: Exclude<LedgerAct, 'sealed'>): void {
  if (FROM[act].includes(state)) return;
  const verb = { resolved: 'resolved', void: 'made void', disputed: 'disputed' }[act];
  throw new ShoalError('conflict', `Forecast ${id} is ${state}, so it cannot be ${verb}.`, {
    hint: `Only ${FROM[act].join(' or ')} forecasts can be.${act === 'resolved' && state === 'resolved' ? ' Dispute it first, with a reason.' : ''}`,
  });
}

/** Throws `invalid_input` for an outcome that the forecast knows nothing of. */
export function checkOutcome({ forecast: { distribution } }: LedgerForecast, outcome: Outcome): void {
  if (distribution.kind === 'draws' && !('value' in outcome)) {
    throw new ShoalError('invalid_input', `The outcome is a number (${distribution.unit}), not “${outcomeWords(outcome)}”.`, {
      hint: 'Give the number that was looked up.',
    });
  }
  if (distribution.kind !== 'options') return;
  const options = distribution.options.map(({ option }) => option);
  if ('option' in outcome && options.includes(outcome.option)) return;
  throw new ShoalError('invalid_input', `“${outcomeWords(outcome)}” is none of the options.`, {
    hint: `Choose from ${options.join(', ')}. If none of them came true, make the forecast void and say why.`,
  });
}
