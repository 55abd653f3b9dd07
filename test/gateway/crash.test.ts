// A process that is killed while it spends: what it said it had done is booked, nothing is held for ever, and its
// workflow is seen to be interrupted.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from '#gateway';
import { ROOT_BUDGET } from '#gateway/contract';
import { temporaryFolder } from './open-gateway.ts';

const CHILD = fileURLToPath(new URL('../fixtures/spending-child.ts', import.meta.url));

/** Starts a spender, kills it after it has said this much, and returns all that it said. */
async function spendUntilKilled(databasePath: string, workflow: string, acts: number, laterMs = 0): Promise<string> {
  const child = spawn(process.execPath, [CHILD, databasePath, 'run', workflow], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    said += text;
    if (said.length >= acts) setTimeout(() => child.kill('SIGKILL'), laterMs);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

const count = (said: string, act: string): number => said.split(act).length - 1;

describe('after SIGKILL', () => {
  it.each([1, 40, 700, 2500])('everything that was spent is booked, and no more than was held (%i acts)', async (acts) => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const said = await spendUntilKilled(databasePath, 'one', acts);
    const gateway = createGateway({ databasePath, skills: {}, environment: {} });
    onTestFinished(() => gateway.close());
    const settled = count(said, 's');
    const open = count(said, 'h') - settled;
    const booked = gateway.ledger.balance('run');
    const told = settled * 300 + open * 1000;
    // A hold may be on disk and not yet said; up to two settlements may have been said and not yet be on disk, and
    // count in full; one may be on disk and not yet said.
    expect([told, told + 1000, told - 700].flatMap((sum) => [sum, sum + 700, sum + 1400])).toContain(booked?.spentNanoUsd);
    expect(booked?.spentTokens).toBeGreaterThanOrEqual(settled * 4 + open * 10 - 6);
    expect(booked?.reservedNanoUsd).toBe(0);
    expect(gateway.ledger.balance(ROOT_BUDGET)?.spentNanoUsd).toBe(booked?.spentNanoUsd);
  });

  it('of one process after another, each at some instant, nothing is lost and nothing stays held', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    let told = 0;
    const deaths = 5;
    for (let death = 0; death < deaths; death++) {
      const said = await spendUntilKilled(databasePath, `w${death}`, 1 + Math.floor(Math.random() * 400), Math.random() * 30);
      const settled = count(said, 's');
      told += settled * 300 + (count(said, 'h') - settled) * 1000;
    }
    const gateway = createGateway({ databasePath, skills: {}, environment: {} });
    onTestFinished(() => gateway.close());
    const booked = gateway.ledger.balance('run');
    expect(booked?.reservedNanoUsd).toBe(0);
    expect(booked?.spentNanoUsd).toBeGreaterThanOrEqual(told - deaths * 700);
    expect(booked?.spentNanoUsd).toBeLessThanOrEqual(Math.min(5_000_000, told + deaths * (1000 + 2 * 700)));
    expect(gateway.ledger.balance(ROOT_BUDGET)?.spentNanoUsd).toBe(booked?.spentNanoUsd);
  });

  it('two spenders under one limit never pass it, and the survivor of a crash can spend what is left', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    await Promise.all([spendUntilKilled(databasePath, 'one', 400), spendUntilKilled(databasePath, 'two', 9000)]);
    const gateway = createGateway({ databasePath, skills: {}, environment: {} });
    onTestFinished(() => gateway.close());
    const left = gateway.ledger.headroom('run');
    expect(gateway.ledger.balance('run')).toMatchObject({ spentNanoUsd: 5_000_000 - left, reservedNanoUsd: 0 });
    expect(left).toBeGreaterThan(0);
    expect(gateway.ledger.reserve('run', left)).toMatchObject({ kind: 'held' });
  });

  it('its workflow is marked as interrupted, and goes on at the step that was not done', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    await spendUntilKilled(databasePath, 'one', 20);
    const gateway = createGateway({ databasePath, skills: {}, environment: {} });
    onTestFinished(() => gateway.close());
    expect(gateway.workflows.interruptOrphans()).toEqual(['one']);
    expect(gateway.workflows.view('one')).toMatchObject({
      state: 'interrupted',
      steps: [
        { name: 'first', state: 'done' },
        { name: 'second', state: 'failed', error: 'The process ended.' },
      ],
    });
    const done: string[] = [];
    const handle = gateway.workflows.take('one', 'run');
    for (const name of ['first', 'second']) await handle.step(name, async () => void done.push(name));
    handle.end('finished');
    expect(done).toEqual(['second']);
    expect(gateway.workflows.interruptOrphans()).toEqual([]);
  });
});
