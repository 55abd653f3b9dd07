// Named dynamics live like the crowd: the same digest for any threads, a record that replays, announcements that
// matter, and no parameter without effect.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWorld, openRecord, openWorld, runMember } from '#engine';
import { ScenarioSchema, type Dynamics, type ScenarioInput } from '#scenarios/contract';
import { replay } from '../../../../engine/rounds/rehearse.ts';
import { pairUp } from '../../../../engine/policies/dynamics/pairs.ts';
import { meetAmong } from '../../../../engine/policies/dynamics/meet.ts';
import { freeze, viewOf } from '../../../../engine/rounds/world.ts';
import { createWorldState } from '../../../../engine/rounds/world-state.ts';
import { startOpinions } from '../../../../engine/policies/dynamics/start.ts';
import { validate } from '../../../../scenarios/validate.ts';
import { NONE } from '#engine/contract';
import { recordedRun, runFileFor, temporaryFolder } from '../../fixtures-run.ts';
import { syntheticSpec } from '../../fixtures-world.ts';

type Named = Exclude<Dynamics['name'], 'crowd'>;

/** Each parameter of each model with a value that is not its default. */
const OTHER: Readonly<Record<Named, Readonly<Record<string, number | string>>>> = {
  degroot: { self: 0.9 },
  'friedkin-johnsen': { self: 0.9, susceptibility: 0.3 },
  deffuant: { bound: 0.2, convergence: 0.2, among: 'everyone' },
  'hegselmann-krause': { bound: 0.2, among: 'everyone' },
  voter: { copying: 0.1, among: 'everyone' },
  'independent-cascade': { probability: 0.4, seeds: 0.1 },
  'linear-threshold': { seeds: 0.1 },
  watts: { threshold: 0.1, seeds: 0.1 },
  sir: { infection: 0.3, recovery: 0.6, seeds: 0.1 },
  hawkes: { postsPerHour: 0.1, branching: 0.9, decayPerHour: 0.2 },
  bhw: { accuracy: 0.9, truth: 'against' },
};
const NAMES = Object.keys(OTHER) as Named[];

const specWith = (dynamics: object, scenario: Partial<ScenarioInput> = {}, size = 200) => {
  const input: Partial<ScenarioInput> = { dynamics: dynamics as ScenarioInput['dynamics'], ...scenario };
  const spec = syntheticSpec({ size, rounds: 8, issues: 2, scenario: input });
  startOpinions(spec.population.columns, spec.scenario.dynamics);
  return spec;
};
const digestOf = async (...of: Parameters<typeof specWith>): Promise<string> =>
  (await runMember(specWith(...of), { threads: 0 })).digest;

describe.each(NAMES)('%s', (name) => {
  it('has the same digest with and without worker threads', async () => {
    const alone = await runMember(specWith({ name }, {}, 9000), { threads: 0 });
    const threaded = await runMember(specWith({ name }, {}, 9000), { threads: 2 });
    expect(threaded.digest).toBe(alone.digest);
  });

  it('is recorded and replays to the same digest', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), specWith({ name }), { threads: 0 });
    const result = await replay(folder.path('run.sqlite'), { threads: 0 });
    expect([result.identical, result.rounds]).toEqual([true, 8]);
  });

  it('goes on from its file to where an unbroken run ends', async () => {
    using folder = temporaryFolder();
    const spec = specWith({ name });
    const file = runFileFor(folder.path('run.sqlite'), spec);
    const begun = await createWorld(file, spec, { threads: 0 });
    for (let round = 0; round < 3; round++) await begun.step();
    await begun.close();
    file.close();
    const again = await openWorld(folder.path('run.sqlite'), { threads: 0 });
    await again.run();
    await again.close();
    const record = openRecord(folder.path('run.sqlite'));
    const { digest } = record;
    record.close();
    expect(digest).toBe(await digestOf({ name }));
  });

  it.each(Object.keys(OTHER[name]))('%s changes the outcome', async (parameter) => {
    expect(await digestOf({ name, [parameter]: OTHER[name][parameter] })).not.toBe(await digestOf({ name }));
  });

  it('hears an announcement', async () => {
    const interventions = [{ round: 2, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
    const plain = await runMember(specWith({ name }), { threads: 0 });
    const told = await runMember(specWith({ name }, { interventions }), { threads: 0 });
    // Everyone has its say: not only the announcement itself is in the record.
    expect(told.rounds[3]?.measures).not.toEqual(plain.rounds[3]?.measures);
  });

  it('leaves agents to themselves in the control', async () => {
    const spec = specWith({ name });
    const together = await runMember(spec, { threads: 0 });
    const alone = await runMember({ ...spec, alone: true }, { threads: 0 });
    expect(alone.digest).not.toBe(together.digest);
    expect(alone.final['replies']).toBe(0);
    expect(alone.final['reposts']).toBe(0);
  });
});

describe('what belongs to the crowd alone', () => {
  const scenario = {
    name: 'a',
    title: 'A title',
    description: '',
    documents: ['a.txt'],
    questions: [{ text: 'Will it go ahead?' }],
  };

  it('is refused beside a named dynamics', () => {
    const found = validate({
      ...scenario,
      dynamics: { name: 'degroot' },
      behaviour: { 'learning-rate': 0.2, 'shift-threshold': 0.2 },
      platforms: [{ kind: 'microblog', feed: { size: 5 } }],
    });
    const paths = found.kind === 'invalid' ? found.problems.map(({ path }) => path.join('.')) : [];
    expect(paths).toEqual(['behaviour.learning-rate', 'platforms.0.feed']);
  });

  it('is said with the names to choose from', () => {
    const found = validate({ ...scenario, dynamics: { name: 'degrot' } });
    expect(found.kind === 'invalid' && found.problems[0]?.message).toContain('expected one of crowd, degroot');
  });

  it('leaves no parameter of the schema out of these tests', () => {
    const schema = z.toJSONSchema(ScenarioSchema, { io: 'input' }) as unknown as {
      properties: { dynamics: { oneOf: { properties: Record<string, { const?: string }> }[] } };
    };
    const forms = schema.properties.dynamics.oneOf;
    const declared = forms
      .map(({ properties: { name, ...rest } }) => [name?.const ?? '', Object.keys(rest)] as const)
      .filter(([name]) => name !== 'crowd');
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(NAMES.map((name) => [name, Object.keys(OTHER[name])])));
  });
});

describe('pairs that meet', () => {
  it('are two by two, and a good part of everybody', () => {
    const world = createWorldState(specWith({ name: 'deffuant' }, {}, 2000));
    const view = viewOf(world.fixed, freeze(world, []));
    const mates = pairUp(view, meetAmong(view, 'ties'));
    const paired = [...mates.entries()].filter(([, mate]) => mate !== NONE);
    for (const [agent, mate] of paired) expect(mates[mate]).toBe(agent);
    expect(paired.length).toBeGreaterThan(500);
  });
});
