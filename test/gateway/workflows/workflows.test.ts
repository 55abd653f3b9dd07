// Durable workflows: each step once, newest holder only, states that survive a restart.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGateway, temporaryFolder } from '../open-gateway.ts';

describe('a workflow', () => {
  it('does each step once, also after a restart', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const done: string[] = [];
    const work = (name: string) => async () => void done.push(name);
    const first = await openGateway({ databasePath });
    const before = first.gateway.workflows.take('run', 'simulate');
    await before.step('read', work('read'));
    await before.step('read', work('read again'));
    await first.gateway.close();

    const second = await openGateway({ databasePath });
    expect(second.gateway.workflows.view('run')).toMatchObject({ state: 'running', steps: [{ name: 'read', state: 'done' }] });
    expect(second.gateway.workflows.interruptOrphans()).toEqual(['run']);
    const after = second.gateway.workflows.take('run', 'simulate');
    await after.step('read', work('read a third time'));
    await after.step('write', work('write'));
    after.end('finished');
    expect(done).toEqual(['read', 'write']);
    const view = second.gateway.workflows.view('run');
    expect(view?.state).toBe('finished');
    expect(view?.steps.map((step) => [step.name, step.state])).toEqual([
      ['read', 'done'],
      ['write', 'done'],
    ]);
  });

  it('records a failed step with its reason, and does it again when taken again', async () => {
    const { gateway } = await openGateway();
    const handle = gateway.workflows.take('run', 'simulate');
    await expect(handle.step('read', () => Promise.reject(new Error('disk is full')))).rejects.toThrow('disk is full');
    handle.end('failed', 'disk is full');
    expect(gateway.workflows.view('run')).toMatchObject({
      state: 'failed',
      error: 'disk is full',
      steps: [{ name: 'read', state: 'failed', error: 'disk is full' }],
    });
    let again = false;
    await gateway.workflows.take('run', 'simulate').step('read', async () => {
      again = true;
    });
    expect(again).toBe(true);
    expect(gateway.workflows.view('run')).toMatchObject({
      state: 'running',
      error: undefined,
      steps: [{ state: 'done', error: undefined }],
    });
  });

  it('lets only the newest holder write', async () => {
    const { gateway } = await openGateway();
    const older = gateway.workflows.take('run', 'simulate');
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const slow = older.step('read', () => promise);
    const newer = gateway.workflows.take('run', 'simulate');
    expect(newer.generation).toBe(older.generation + 1);
    resolve(undefined);
    await expect(slow).rejects.toMatchObject({ code: 'conflict' });
    await expect(older.step('write', async () => {})).rejects.toMatchObject({ code: 'conflict' });
    expect(() => older.end('finished')).toThrow('taken over');
    await newer.step('read', async () => {});
    newer.end('paused');
    expect(gateway.workflows.view('run')?.state).toBe('paused');
  });

  it('is listed by kind, and is not an orphan while its process lives', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const [one, other] = [await openGateway({ databasePath }), await openGateway({ databasePath })];
    one.gateway.workflows.take('a', 'simulate');
    one.gateway.workflows.take('b', 'import').end('stopped');
    expect(other.gateway.workflows.interruptOrphans()).toEqual([]);
    expect(other.gateway.workflows.list('simulate').map((view) => view.id)).toEqual(['a']);
    expect(other.gateway.workflows.list()).toHaveLength(2);
    expect(other.gateway.workflows.view('absent')).toBeUndefined();
  });
});
