import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { loadScenario } from '#scenarios';
import { bridgeWith, DOCUMENT, folderWith, VALID } from './scenario-folder.ts';

/** What loading refuses with. */
async function refusal(reference: string): Promise<ShoalError> {
  const outcome = await loadScenario(reference).catch((error: unknown) => error);
  if (!(outcome instanceof ShoalError)) throw new Error(`expected a ShoalError, got ${String(outcome)}`);
  return outcome;
}

// VALID has seven lines, so what a case adds begins on line 8.
const CASES: readonly { readonly title: string; readonly yaml: string; readonly says: readonly string[] }[] = [
  { title: 'an unknown key with a near one', yaml: 'sede: 4\n', says: [':8:1', '`sede`', 'did you mean `seed`?'] },
  {
    title: 'an unknown key inside a group',
    yaml: 'clock:\n  ruonds: 4\n',
    says: [':9:3', '`clock.ruonds`', 'did you mean `rounds`?'],
  },
  { title: 'a known key in the wrong place', yaml: 'rounds: 4\n', says: [':8:1', '`rounds`', 'did you mean `clock.rounds`?'] },
  {
    title: 'an unknown key that resembles nothing',
    yaml: 'population:\n  zzzzzzzz: 1\n',
    says: [':9:3', '`population.zzzzzzzz`', 'known here: size, actors'],
  },
  {
    title: 'a number out of range',
    yaml: 'population:\n  size: 1\n',
    says: [':9:9', '`population.size` is 1', 'a whole number from 2 to 1000000'],
  },
  {
    title: 'text where a number belongs',
    yaml: 'ensemble: many\n',
    says: [':8:11', '`ensemble` is "many"', 'a whole number from 1 to 200'],
  },
  {
    title: 'a word that is not a choice',
    yaml: 'platforms:\n  - kind: chatroom\n',
    says: [':9:11', '`platforms[0].kind`', 'one of microblog, forum'],
  },
  {
    title: 'a market of a forum',
    yaml: 'platforms:\n  - kind: forum\n    market: { cash: 500 }\n',
    says: [':10:5', '`platforms[0].market` stands on a forum'],
  },
  {
    title: 'the feed of a market',
    yaml: 'platforms:\n  - kind: forum\n  - kind: market\n    feed: { size: 5 }\n',
    says: [':11:5', '`platforms[1].feed` stands on a market'],
  },
  {
    title: 'a recommender in a chat',
    yaml: 'platforms:\n  - kind: chat\n    feed: { hot: 1 }\n',
    says: [':10:13', '`platforms[0].feed.hot` weighs nothing in a chat'],
  },
  { title: 'nothing but a market', yaml: 'platforms:\n  - kind: market\n', says: ['`platforms` are a market only'] },
  {
    title: 'a date that is none',
    yaml: 'clock:\n  start: tomorrow\n',
    says: [':9:10', '`clock.start` is "tomorrow"', 'a date and time'],
  },
  { title: 'an empty value', yaml: 'clock:\n', says: ['`clock` is empty', 'a group with start, rounds, minutesPerRound'] },
  {
    title: 'an intervention without its text',
    yaml: 'interventions:\n  - round: 1\n    stance: 0\n',
    says: [':9:5', '`interventions[0].text` is missing', 'text of 3 to 600 characters'],
  },
  {
    title: 'an intervention after the end',
    yaml: 'clock: { rounds: 12 }\ninterventions:\n  - { round: 12, text: Too late, stance: 0 }\n',
    says: [':10:14', '`interventions[0].round` is 12', 'makes 11 the last'],
  },
  {
    title: 'an intervention on an issue that no question makes',
    yaml: 'interventions:\n  - { round: 1, text: Off topic, stance: 0, issue: 3 }\n',
    says: ['`interventions[0].issue` is 3', 'only issue 0'],
  },
  {
    title: 'a platform twice',
    yaml: 'platforms: [{ kind: forum }, { kind: forum }]\n',
    says: ['`platforms[1].kind` repeats forum'],
  },
  {
    title: 'a behaviour that is not a number',
    yaml: 'behaviour:\n  patience: high\n',
    says: [':9:13', '`behaviour.patience` is "high"', 'a number'],
  },
  { title: 'a duplicate key', yaml: 'seed: 1\nseed: 2\n', says: [':9:1', 'Map keys must be unique'] },
  { title: 'an anchor that is not set', yaml: 'seed: *last\n', says: [':8:7', '*last', 'not set'] },
  { title: 'a tag that YAML does not know', yaml: 'seed: !lucky 7\n', says: [':8:7', '!lucky'] },
  {
    title: 'aliases that unfold without end',
    yaml: `a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n${'bcdefg'.replaceAll(/./g, (key) => `${key}: &${key} [${`*${String.fromCodePoint(key.charCodeAt(0) - 1)}, `.repeat(9)}]\n`)}`,
    says: ['aliases unfold'],
  },
  { title: 'broken YAML', yaml: 'platforms: [\n', says: ['scenario.yaml:'] },
];

describe('a scenario that is not valid is refused with its key, its line and the way out', () => {
  it.each(CASES)('$title', async ({ yaml, says }) => {
    const error = await refusal(bridgeWith(yaml));
    expect(error.code).toBe('invalid_scenario');
    for (const part of says) expect(error.message).toContain(part);
  });

  it('names all problems at once, documents included', async () => {
    const yaml = 'population: { size: 0 }\nsede: 1\n';
    const folder = folderWith({ 'scenario.yaml': `${VALID.replace('notes.txt', 'nots.txt')}${yaml}` });
    const error = await refusal(folder);
    expect(error.message).toContain('has 3 problems');
    expect(error.message).toContain('`population.size` is 0');
    expect(error.message).toContain('`sede` is not a known key');
    expect(error.message).toMatch(/:5:5 `documents\[0\]` names no file: "nots.txt"/);
    expect(error.details['problems']).toHaveLength(3);
  });

  it('refuses what only one kind of question may have', async () => {
    const question =
      '  - { text: Who wins?, options: [Ada, Ben], proposition: Ada wins., threshold: 0.4 }\n  - { text: Really?, kind: binary, options: [yes, maybe] }\n';
    const error = await refusal(bridgeWith(question));
    expect(error.message).toContain('`questions[1].proposition` belongs to binary questions only');
    expect(error.message).toContain('`questions[1].threshold` belongs to binary questions only');
    expect(error.message).toContain('`questions[2].options` stands on a binary question');
  });

  it('counts the issues of all questions together', async () => {
    const error = await refusal(bridgeWith('  - { text: Who wins?, options: [a, b, c, d, e, f, g, h] }\n'));
    expect(error.message).toContain('make 9 issues');
  });

  it('refuses an option that is said twice', async () => {
    const error = await refusal(bridgeWith('  - { text: Who wins?, options: [Ada, ada] }\n'));
    expect(error.message).toContain('`questions[1].options[1]` says the same');
  });

  it('checks behaviour overrides against the table it is given', async () => {
    const folder = bridgeWith('behaviour: { pateince: 0.5, fatigue: 7 }\n');
    const behaviour = [
      { name: 'patience', min: 0, max: 1 },
      { name: 'fatigue', min: 0, max: 1 },
    ];
    await expect(loadScenario(folder, { behaviour })).rejects.toThrow(
      /did you mean `patience`\?[^]*`behaviour.fatigue` is 7: expected a number from 0 to 1/,
    );
  });

  it('refuses a scenario that is not text', async () => {
    const folder = folderWith({ 'scenario.yaml': new Uint8Array([0xff, 0xfe, 0x00, 0x80]) });
    expect((await refusal(folder)).message).toContain('not UTF-8');
  });

  it('refuses an expected digest that is none', async () => {
    const folder = folderWith({ 'scenario.yaml': VALID, 'notes.txt': DOCUMENT, 'expected-digest': 'abc\n' });
    expect((await refusal(folder)).message).toContain('64 hexadecimal digits');
  });
});

describe('a scenario that is not there', () => {
  it('suggests the bundled one that was probably meant', async () => {
    const error = await refusal('quikstart');
    expect(error.code).toBe('not_found');
    expect(error.hint).toContain('Did you mean `quickstart`?');
    expect(error.hint).toContain('market-announcement, policy-rumour, quickstart, unfinished-story');
  });

  it('says when a folder holds no scenario', async () => {
    const error = await refusal(folderWith({ 'notes.txt': DOCUMENT }));
    expect(error.code).toBe('not_found');
    expect(error.message).toContain('has no scenario.yaml');
  });
});
