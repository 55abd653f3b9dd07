// The control without contact, in numbers and in the report.
import { describe, expect, it } from 'vitest';
import type { MemberResult } from '#engine/contract';
import { checkReport } from '#reports';
import { interactionEffects } from '../../reports/forecast/interaction.ts';
import { tollFraming } from './fixtures.ts';
import { written } from './written.ts';

const ending = (variance: number): MemberResult => ({
  seed: 1,
  digest: '',
  rounds: [],
  final: { 'opinion-variance:0': variance },
});

describe('what contact does', () => {
  it('is the mean variance of the members over that of the control', () => {
    const [effect] = interactionEffects(tollFraming, [ending(0.2), ending(0.4)], ending(0.15));
    expect(effect?.together).toBeCloseTo(0.3);
    expect(effect?.ratio).toBeCloseTo(2);
  });

  it('is left open without a control, and where nobody differs in it', () => {
    expect(interactionEffects(tollFraming, [ending(0.2)], undefined)).toEqual([]);
    expect(interactionEffects(tollFraming, [ending(0.2)], ending(0))[0]?.ratio).toBeUndefined();
  });

  it('is told in the method section, computed again by the checker, and in the method box', async () => {
    const { report, record, members, control, graph } = await written();
    const told = report.sections.find(({ id }) => id === 'method')?.claims.map(({ text }) => text) ?? [];
    expect(told.some((text) => text.startsWith('A control lived the same rounds'))).toBe(true);
    expect(report.method.interaction[0]?.alone).toBeCloseTo(control?.final['opinion-variance:0'] ?? 0);
    const forged = control && { ...control, final: { ...control.final, 'opinion-variance:0': 1 } };
    expect(checkReport(report, { record, members, graph, control: forged }).length).toBeGreaterThan(0);
  });

  it('says nothing of a control that a run of one seed has not', async () => {
    const { report } = await written({ members: 1 });
    expect(report.method.interaction).toEqual([]);
    expect(JSON.stringify(report.sections)).not.toContain('A control lived');
  });
});
