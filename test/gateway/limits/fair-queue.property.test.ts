// Who is next: shares, order within a flow, and leaving.
import { strictEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFairQueue } from '../../../gateway/policy/limits/fair-queue.ts';
import type { Ticket } from '../../../gateway/policy/limits/fair-queue.ts';

interface Item {
  readonly flow: string;
  readonly number: number;
}

const commands = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), flow: fc.constantFrom('a', 'b', 'c', 'd', 'e') }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), which: fc.nat(1000) }) },
  ),
  { maxLength: 300 },
);

describe('a fair queue', () => {
  it('gives out each item once, first come first served within a flow, whatever leaves in between', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const queue = createFairQueue<Item>();
        const lines = new Map<string, Item[]>();
        const tickets = new Map<Item, Ticket<Item>>();
        let number = 0;
        for (const command of list) {
          if (command.kind === 'add') {
            const item = { flow: command.flow, number: number++ };
            tickets.set(item, queue.add(command.flow, 1, item));
            lines.set(command.flow, [...(lines.get(command.flow) ?? []), item]);
          } else if (command.kind === 'take') {
            const first = queue.first();
            const item = queue.take();
            strictEqual(item, first);
            strictEqual(item === undefined, tickets.size === 0);
            if (item === undefined) continue;
            strictEqual(lines.get(item.flow)?.shift(), item);
            tickets.delete(item);
          } else {
            const [item, ticket] = [...tickets][command.which % Math.max(1, tickets.size)] ?? [];
            if (item === undefined || ticket === undefined) continue;
            strictEqual(queue.remove(ticket), true);
            strictEqual(queue.remove(ticket), false);
            tickets.delete(item);
            lines.set(
              item.flow,
              (lines.get(item.flow) ?? []).filter((other) => other !== item),
            );
          }
          expect(queue.size).toBe(tickets.size);
          expect(queue.flows).toBe([...lines.values()].filter((line) => line.length > 0).length);
        }
      }),
    );
  });

  it('serves one that comes anew after at most one item of each flow before it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), fc.nat(200), (lengths, served) => {
        const queue = createFairQueue<string>();
        for (const [flow, length] of lengths.entries()) {
          for (let item = 0; item < length; item++) queue.add(`flow ${flow}`, 1, 'other');
        }
        for (let done = 0; done < served; done++) queue.take();
        const ahead = queue.flows;
        queue.add('alone', 1, 'alone');
        let before = 0;
        while (queue.take() !== 'alone') before++;
        expect(before).toBeLessThanOrEqual(ahead);
      }),
    );
  });

  it('lets a person pass a swarm of five thousand', () => {
    const queue = createFairQueue<string>();
    for (let agent = 0; agent < 5000; agent++) queue.add('swarm', 1, 'agent');
    for (let served = 0; served < 100; served++) queue.take();
    queue.add('person', 1, 'person');
    expect([queue.take(), queue.take()]).toContain('person');
  });

  it('serves flows in proportion to their weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 2, maxLength: 6 }), (weights) => {
        const queue = createFairQueue<number>();
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const rounds = 10;
        for (const [flow, weight] of weights.entries()) {
          for (let item = 0; item < weight * rounds * 2; item++) queue.add(`flow ${flow}`, weight, flow);
        }
        const served = weights.map(() => 0);
        for (let taken = 0; taken < sum * rounds; taken++) {
          const flow = queue.take() ?? -1;
          served[flow] = (served[flow] ?? 0) + 1;
        }
        for (const [flow, weight] of weights.entries()) {
          expect(Math.abs((served[flow] ?? 0) - weight * rounds)).toBeLessThanOrEqual(weight + 1);
        }
      }),
    );
  });

  it('does not serve a flow sooner for emptying and filling its line', () => {
    const queue = createFairQueue<string>();
    for (let item = 0; item < 50; item++) queue.add('steady', 1, 'steady');
    let comings = 0;
    for (let served = 0; served < 40; served++) {
      if (queue.flows === 1) queue.add('again and again', 1, 'again');
      if (queue.take() === 'again') comings++;
    }
    expect(comings).toBeLessThanOrEqual(21);
  });
});
