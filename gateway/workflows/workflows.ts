// Durable workflows: which steps of a run are done. A step is recorded as done only after its work has returned, so
// after a crash it is done again, never skipped unfinished. Whoever takes a workflow raises its generation, and a
// holder of an older one can write nothing more: two processes may believe that they run it, only one can say so.
import { z } from 'zod';
import { ShoalError, toShoalError } from '#foundation';
import type { Database } from '#store';
import type { WorkflowHandle, Workflows, WorkflowView } from '../contract.ts';
import { isAlive, listOwners } from '../owners.ts';
import type { Owner, ProcessFacts } from '../owners.ts';
import type { Redact } from '../policy/secrets.ts';
import { inTransaction } from '../tables.ts';

const WorkflowRow = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['running', 'waiting', 'paused', 'finished', 'failed', 'stopped', 'interrupted']),
  generation: z.number(),
  owner: z.string(),
  error: z.string().nullable(),
  updated_at: z.string(),
});
const StepRow = z.object({
  name: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  error: z.string().nullable(),
});

export interface WorkflowOptions {
  readonly database: Database;
  readonly owner: Owner;
  readonly facts: ProcessFacts;
  readonly redact: Redact;
  readonly now: () => number;
}

export function createWorkflows({ database, owner, facts, redact, now }: WorkflowOptions): Workflows {
  const stamp = (): string => new Date(now()).toISOString();
  const one = database.prepare('SELECT * FROM workflows WHERE id = ?');
  const steps = database.prepare('SELECT * FROM workflow_steps WHERE workflow = ? ORDER BY position');

  const toView = (row: unknown): WorkflowView => {
    const workflow = WorkflowRow.parse(row);
    return {
      id: workflow.id,
      kind: workflow.kind,
      state: workflow.state,
      generation: workflow.generation,
      error: workflow.error ?? undefined,
      updatedAt: workflow.updated_at,
      steps: z
        .array(StepRow)
        .parse(steps.all(workflow.id))
        .map((step) => ({
          name: step.name,
          state: step.state,
          startedAt: step.started_at,
          endedAt: step.ended_at ?? undefined,
          error: step.error ?? undefined,
        })),
    };
  };

  /** Runs `write` if this generation is still the newest, all in one transaction. */
  const fenced = <T>(id: string, generation: number, write: (at: string) => T): T =>
    inTransaction(database, () => {
      const newest = Number(one.get(id)?.['generation'] ?? 0);
      if (newest !== generation) {
        throw new ShoalError(
          'conflict',
          `Another process has taken over ${id} (generation ${newest}, this one is ${generation}).`,
          {
            hint: 'Follow the run there; nothing more is written from here.',
          },
        );
      }
      const at = stamp();
      database.prepare('UPDATE workflows SET updated_at = ? WHERE id = ?').run(at, id);
      return write(at);
    });

  const handle = (id: string, generation: number): WorkflowHandle => ({
    id,
    generation,
    step: async (name, work) => {
      const done = fenced(id, generation, (at) => {
        const state = database.prepare('SELECT state FROM workflow_steps WHERE workflow = ? AND name = ?').get(id, name)?.[
          'state'
        ];
        if (state === 'done') return true;
        database
          .prepare(
            `INSERT INTO workflow_steps (workflow, position, name, state, started_at)
             VALUES (?1, (SELECT COUNT(*) FROM workflow_steps WHERE workflow = ?1), ?2, 'running', ?3)
             ON CONFLICT (workflow, name) DO UPDATE SET state = 'running', started_at = ?3, ended_at = NULL, error = NULL`,
          )
          .run(id, name, at);
        return false;
      });
      if (done) return;
      const ended = (state: 'done' | 'failed', error: string | null): void =>
        fenced(id, generation, (at) => {
          database
            .prepare('UPDATE workflow_steps SET state = ?, ended_at = ?, error = ? WHERE workflow = ? AND name = ?')
            .run(state, at, error, id, name);
        });
      try {
        await work();
      } catch (thrown) {
        ended('failed', redact(toShoalError(thrown).message));
        throw thrown;
      }
      ended('done', null);
    },
    end: (state, error) =>
      fenced(id, generation, () => {
        database
          .prepare('UPDATE workflows SET state = ?, error = ? WHERE id = ?')
          .run(state, error === undefined ? null : redact(error), id);
      }),
  });

  return {
    take: (id, kind) =>
      inTransaction(database, () => {
        database
          .prepare(
            `INSERT INTO workflows (id, kind, state, generation, owner, updated_at) VALUES (?, ?, 'running', 1, ?, ?)
             ON CONFLICT (id) DO UPDATE SET state = 'running', generation = generation + 1, owner = excluded.owner,
               error = NULL, updated_at = excluded.updated_at`,
          )
          .run(id, kind, owner.id, stamp());
        return handle(id, Number(one.get(id)?.['generation']));
      }),
    view: (id) => {
      const row = one.get(id);
      return row === undefined ? undefined : toView(row);
    },
    list: (kind) => {
      const rows =
        kind === undefined
          ? database.prepare('SELECT * FROM workflows ORDER BY updated_at DESC, id').all()
          : database.prepare('SELECT * FROM workflows WHERE kind = ? ORDER BY updated_at DESC, id').all(kind);
      return rows.map(toView);
    },
    interruptOrphans: () =>
      inTransaction(database, () => {
        const alive = new Set(listOwners(database).flatMap((other) => (isAlive(other, facts) ? [other.id] : [])));
        const orphans = z
          .array(WorkflowRow)
          .parse(database.prepare("SELECT * FROM workflows WHERE state = 'running' ORDER BY id").all())
          .filter((workflow) => !alive.has(workflow.owner));
        for (const { id } of orphans) {
          const at = stamp();
          // The generation rises too: should the owner not be dead after all, it can write nothing more.
          database
            .prepare("UPDATE workflows SET state = 'interrupted', generation = generation + 1, updated_at = ? WHERE id = ?")
            .run(at, id);
          database
            .prepare(
              `UPDATE workflow_steps SET state = 'failed', ended_at = ?, error = 'The process ended.'
               WHERE workflow = ? AND state = 'running'`,
            )
            .run(at, id);
        }
        return orphans.map((workflow) => workflow.id);
      }),
  };
}
