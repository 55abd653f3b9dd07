// The ledger of forecasts in the catalogue: rows are added and never changed (triggers see to that), each carries the
// hash of the one before, and each is noted in the audit chain, whose head lies in a file of its own; so neither an
// edited row nor a cut-off end stays unseen.
import type { z } from 'zod';
import type { Gateway } from '#gateway/contract';
import { hashOf, ShoalError } from '#foundation';
import { checkAct, checkOutcome, foldLedger, LEDGER_GENESIS, nextEntry, verifyLedger } from '#reports';
import {
  ForecastToSeal,
  Objection,
  Resolution,
  type LedgerAct,
  type LedgerEntry,
  type LedgerForecast,
  type LedgerHead,
  type LedgerVerdict,
} from '#reports/contract';
import { openDatabase, type Migration } from '#store';

const MIGRATIONS: readonly Migration[] = [
  `CREATE TABLE forecast_entries (
     seq INTEGER PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, forecast TEXT NOT NULL, body TEXT NOT NULL,
     previous TEXT NOT NULL, hash TEXT NOT NULL
   ) STRICT;
   CREATE TRIGGER forecast_entries_stay BEFORE UPDATE ON forecast_entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
   CREATE TRIGGER forecast_entries_last BEFORE DELETE ON forecast_entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END`,
];
const COLUMNS = 'seq, at, act, forecast, body, previous, hash';
const PAGE = 1000;

export interface ForecastLedger {
  /** Throws `invalid_input` for a forecast of another form, and where its outcome is due already. */
  seal(actor: string, forecast: unknown): LedgerForecast;
  /** These throw `not_found`, `conflict` (its state does not allow it) and `invalid_input`. */
  resolve(actor: string, id: string, resolution: unknown): LedgerForecast;
  makeVoid(actor: string, id: string, objection: unknown): LedgerForecast;
  dispute(actor: string, id: string, objection: unknown): LedgerForecast;
  list(): readonly LedgerForecast[];
  get(id: string): LedgerForecast;
  entries(): readonly LedgerEntry[];
  /** `known`: a head that was noted elsewhere. */
  verify(known?: LedgerHead): LedgerVerdict;
  close(): void;
}

export interface LedgerParts {
  readonly path: string;
  readonly audit: Gateway['audit'];
  readonly now: () => Date;
}

export function openForecastLedger({ path, audit, now }: LedgerParts): ForecastLedger {
  const database = openDatabase(path, { room: 'forecasts', migrations: MIGRATIONS });
  const all = database.prepare(`SELECT ${COLUMNS} FROM forecast_entries ORDER BY seq`);
  const lastRow = database.prepare('SELECT seq, hash FROM forecast_entries ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare(`INSERT INTO forecast_entries (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);

  const entries = (): readonly LedgerEntry[] => all.all() as unknown as LedgerEntry[];
  const list = (): readonly LedgerForecast[] => foldLedger(entries());
  const get = (id: string): LedgerForecast => {
    const found = list().find((one) => one.id === id);
    if (found !== undefined) return found;
    throw new ShoalError('not_found', `There is no forecast ${id}.`, { hint: 'npx shoal forecast list shows them.' });
  };
  /** The row and its note in the audit chain; the row first, since a note of nothing would break the chain. */
  const add = (actor: string, work: () => { act: LedgerAct; forecast: string; body: unknown; at: string }): LedgerForecast => {
    database.exec('BEGIN IMMEDIATE');
    let entry: LedgerEntry;
    try {
      entry = nextEntry((lastRow.get() as LedgerHead | undefined) ?? LEDGER_GENESIS, work());
      const { seq, at, act, forecast, body, previous, hash } = entry;
      insert.run(seq, at, act, forecast, body, previous, hash);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    audit.append({
      actor,
      action: `forecast.${entry.act}`,
      subject: entry.forecast,
      after: { seq: entry.seq, hash: entry.hash },
    });
    return get(entry.forecast);
  };
  const object = (act: 'void' | 'disputed') => (actor: string, id: string, objection: unknown) =>
    add(actor, () => {
      checkAct(get(id), act);
      return { act, forecast: id, body: read(Objection, objection), at: now().toISOString() };
    });
  return {
    seal: (actor, forecast) =>
      add(actor, () => {
        const body = read(ForecastToSeal, forecast);
        const at = now().toISOString();
        if (Date.parse(body.by) <= now().getTime()) throw tooLate(body.by);
        return { act: 'sealed', forecast: `f-${hashOf({ at, body }).slice(0, 12)}`, body, at };
      }),
    resolve: (actor, id, resolution) =>
      add(actor, () => {
        const body = read(Resolution, resolution);
        const forecast = get(id);
        checkAct(forecast, 'resolved');
        checkOutcome(forecast, body.outcome);
        return { act: 'resolved', forecast: id, body, at: now().toISOString() };
      }),
    makeVoid: object('void'),
    dispute: object('disputed'),
    list,
    get,
    entries,
    verify: (known) => verifyLedger(entries(), [...notedHeads(audit), ...(known === undefined ? [] : [known])]),
    close: () => database.close(),
  };
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new ShoalError(
    'invalid_input',
    `That cannot be entered in the ledger${place}: ${issue?.message ?? 'its form is unknown'}.`,
    {
      hint: 'docs/forecasts.md shows the form.',
    },
  );
}

const tooLate = (by: string): ShoalError =>
  new ShoalError('invalid_input', `The outcome was due at ${by}, which is not to come any more.`, {
    hint: 'A forecast is sealed before its outcome is known: give a later --by.',
  });

/** Places that the audit chain says the ledger passed through. */
function notedHeads(audit: Gateway['audit']): readonly LedgerHead[] {
  const heads: LedgerHead[] = [];
  for (let after = 0; ;) {
    const page = audit.list({ after, limit: PAGE });
    for (const { action, after: noted } of page) {
      if (!action.startsWith('forecast.') || typeof noted !== 'object' || noted === null) continue;
      const { seq, hash } = noted as Partial<LedgerHead>;
      if (typeof seq === 'number' && typeof hash === 'string') heads.push({ seq, hash });
    }
    if (page.length < PAGE) return heads;
    after = page.at(-1)?.seq ?? after;
  }
}
