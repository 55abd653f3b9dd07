import { describe, expect, it } from 'vitest';
import { sha256 } from '#foundation';
import { listScenarios, loadScenario } from '#scenarios';

const NAMES = ['market-announcement', 'policy-rumour', 'quickstart', 'unfinished-story'];

describe('the bundled scenarios', () => {
  it('are listed by name with what a person chooses by', async () => {
    const summaries = await listScenarios();
    expect(summaries.map(({ name }) => name)).toEqual(NAMES);
    for (const summary of summaries) {
      expect(summary.description.length).toBeGreaterThan(80);
      expect(summary.questions.length).toBeGreaterThan(0);
      expect(summary.documents.length).toBeGreaterThanOrEqual(4);
    }
  });

  it.each(NAMES)('%s is called as its folder and has no document twice', async (name) => {
    const { scenario, documents } = await loadScenario(name);
    expect(scenario.name).toBe(name);
    const contents = documents.map(({ bytes }) => sha256(bytes));
    expect(new Set(contents).size).toBe(contents.length);
    expect(new Set(documents.map((document) => document.name)).size).toBe(documents.length);
  });

  it.each(NAMES)('%s has news inside its clock, for its own issues, on more than one side', async (name) => {
    const { scenario } = await loadScenario(name);
    const rounds = scenario.interventions.map(({ round }) => round);
    expect(rounds.length).toBeGreaterThanOrEqual(2);
    expect(rounds).toEqual(rounds.toSorted((left, right) => left - right));
    expect(Math.max(...rounds)).toBeLessThan(scenario.clock.rounds - 6);
    const sides = new Set(scenario.interventions.map(({ issue, stance }) => `${issue}:${Math.sign(stance)}`));
    expect(sides.size).toBeGreaterThan(1);
  });

  it('show many formats between them', async () => {
    const loaded = await Promise.all(NAMES.map((name) => loadScenario(name)));
    const extensions = new Set(loaded.flatMap(({ documents }) => documents.map(({ name }) => name.split('.').at(-1))));
    expect(extensions).toEqual(new Set(['csv', 'docx', 'html', 'json', 'md', 'pdf', 'txt', 'xml']));
  });
});
