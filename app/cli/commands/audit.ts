// `shoal audit …`: what was done, and whether the record of it is as it was written.
import { closeSync, openSync, writeSync } from 'node:fs';
import { ShoalError } from '#foundation';
import type { AuditEntry, AuditHead } from '#gateway/contract';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';

const PAGE = 1000;

export async function listAudit(
  context: CommandContext,
  { after, limit, newest = false }: { readonly after: number; readonly limit: number; readonly newest?: boolean },
): Promise<void> {
  const entries = await withSystem(context, ({ gateway: { audit } }) =>
    newest ? audit.newest({ limit }).filter(({ seq }) => seq > after) : audit.list({ after, limit }),
  );
  const lines = entries.map((entry) => {
    const { seq, at, actor, action, subject } = entry;
    return [`${seq}  ${at}  ${actor}  ${action}  ${subject}`, ...changesOf(entry).map((change) => `     ${change}`)].join('\n');
  });
  context.output.result(entries, lines.length === 0 ? 'No administrative acts yet.' : lines.join('\n'));
}

/** What is other than before, one line each; of a new thing, nothing. */
function changesOf({ before, after }: AuditEntry): readonly string[] {
  if (!isObject(before) || !isObject(after)) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names
    .map((name) => ({ name, from: JSON.stringify(before[name]) ?? 'none', to: JSON.stringify(after[name]) ?? 'none' }))
    .filter(({ from, to }) => from !== to)
    .map(({ name, from, to }) => `${name}: ${from} → ${to}`);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Ends with `audit_broken` where the chain does not verify. */
export async function verifyAudit(context: CommandContext, options: { readonly head?: string }): Promise<void> {
  const known = options.head === undefined ? undefined : headOf(options.head);
  const verdict = await withSystem(context, ({ gateway }) => gateway.audit.verify(known));
  if (verdict.kind === 'broken') {
    throw new ShoalError('audit_broken', `The audit chain is broken at entry ${verdict.seq}: ${verdict.problem}.`, {
      hint: 'Keep a copy of SHOAL_HOME as it is, and compare the chain with an earlier export.',
      details: { seq: verdict.seq },
    });
  }
  const { seq, hash } = verdict.head;
  context.output.result(
    verdict,
    `${verdict.entries} entries, whole. The head is ${seq}:${hash}\nNote it elsewhere; later: npx shoal audit verify --head ${seq}:${hash}`,
  );
}

export async function exportAudit(context: CommandContext, { out }: { readonly out: string }): Promise<void> {
  const file = openSync(out, 'wx', 0o600);
  let entries = 0;
  try {
    await withSystem(context, ({ gateway }) => {
      let page: readonly AuditEntry[];
      do {
        page = gateway.audit.list({ after: entries, limit: PAGE });
        for (const entry of page) writeSync(file, `${JSON.stringify(entry)}\n`);
        entries = page.at(-1)?.seq ?? entries;
      } while (page.length === PAGE);
    });
  } finally {
    closeSync(file);
  }
  context.output.result({ file: out, entries }, `${entries} entries in ${out}`);
}

function headOf(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new ShoalError('invalid_input', '--head takes <seq>:<hash>, as `audit verify` printed it.', {
    hint: 'Copy the whole of it: a number, a colon and 64 hexadecimal digits.',
  });
}
