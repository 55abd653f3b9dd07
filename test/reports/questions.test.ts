// Questions as people write them become sentences that agents can hold an opinion on.
import { describe, expect, it } from 'vitest';
import type { Document } from '#knowledge-graph/contract';
import { frameQuestions } from '#reports';
import type { Question } from '#scenarios/contract';
import { graphOf, tollGraph } from './fixtures.ts';

const frame = (...questions: readonly Question[]) => frameQuestions({ questions, graph: tollGraph() });
const propositionOf = (text: string): string => frame({ text }).issues[0]?.proposition ?? '';

const FEATURES = ['Audit logging', 'Budget limits', 'Access control and rate limiting', 'Semantic caching', 'Multiple teams'];
const featureDocument = (): Document => {
  const intro = 'An AI gateway provides features that enterprises need and must have:\n';
  const blocks: Document['blocks'][number][] = [{ kind: 'paragraph', start: 0, end: intro.length }];
  let text = intro;
  for (const feature of FEATURES) {
    blocks.push({ kind: 'list-item', start: text.length, end: text.length + feature.length });
    text += `${feature}\n`;
  }
  return { ...(tollGraph().snapshot.documents[0] as Document), id: 'd9', text, blocks };
};

describe('yes/no questions', () => {
  it.each([
    ['Will the council adopt the bridge toll?', 'The council will adopt the bridge toll'],
    ['Should Northport build the harbour bridge by 2027?', 'Northport should build the harbour bridge by 2027'],
    ['Is remote work better for cities?', 'Remote work is better for cities'],
    ['Is the toll in Northport fair?', 'The toll in Northport is fair'],
    ['Is the toll in the public interest?', 'The toll is in the public interest'],
    ['Does the new rule help small firms?', 'The new rule helps small firms'],
    ['Has the government lost trust?', 'The government has lost trust'],
    ["Won't the toll hurt shops?", 'The toll will hurt shops'],
    ['By 2028, will most enterprises have banned shadow AI?', 'Most enterprises will have banned shadow AI by 2028'],
    ['What are the chances that the merger goes through?', 'The merger goes through'],
    ['Predict whether the council will adopt the toll', 'The council will adopt the toll'],
    ['The vote was close. Will the council adopt the toll?', 'The council will adopt the toll'],
    [
      'Will people who live in Northport accept the plan to build a toll?',
      'People who live in Northport will accept the plan to build a toll',
    ],
  ])('%s', (text, proposition) => {
    const { questions, issues } = frame({ text });
    expect(issues.map((issue) => issue.proposition)).toEqual([proposition]);
    expect(questions[0]).toMatchObject({ kind: 'binary', options: ['yes', 'no'], issues: [0], assumptions: [] });
  });

  it('says in words how the simulation answers, with the threshold asked for', () => {
    const { questions } = frame({ text: 'Will the toll pass?', threshold: 0.6, resolution: 'The council minutes of June.' });
    expect(questions[0]?.simulatedResolution).toContain('60 %');
    expect(questions[0]?.realWorldResolution).toBe('The council minutes of June.');
    expect(frame({ text: 'Will the toll pass?' }).questions[0]?.realWorldResolution).toMatch(/^Not declared/);
  });

  it('takes a declared proposition over its own reading', () => {
    const [issue] = frame({ text: 'What about the toll?', proposition: 'The toll should go ahead.' }).issues;
    expect(issue?.proposition).toBe('The toll should go ahead');
    expect(issue?.terms).toContain('toll');
  });
});

describe('open questions are read as something to agree with, and the reading is said', () => {
  it.each([
    ['How will residents react to the bridge toll?', 'Residents will support the bridge toll'],
    ['What happens if the council adopts the toll?', 'It will do more good than harm if the council adopts the toll'],
    ['What do residents think about the toll?', 'Residents will support the toll'],
    ['How will the toll affect small shops?', 'The toll will be good for small shops'],
    ['When will the bridge open?', 'The bridge will open'],
    ['Will the price of bread rise or fall?', 'The price of bread will rise'],
    ['How many people will attend the rally?', 'Many people will attend the rally'],
    ['The council will adopt the toll.', 'The council will adopt the toll'],
  ])('%s', (text, proposition) => {
    const { questions } = frame({ text });
    expect(propositionOf(text)).toBe(proposition);
    expect(questions[0]?.assumptions.length).toBeGreaterThan(0);
  });
});

describe('questions of choice', () => {
  it('puts each given option where the question left a gap', () => {
    const { issues, questions } = frame({
      text: 'Which gateway features will enterprises treat as mandatory within a year?',
      options: ['audit logging', 'budget limits'],
    });
    expect(issues.map((issue) => issue.proposition)).toEqual([
      'Enterprises will treat audit logging as mandatory within a year',
      'Enterprises will treat budget limits as mandatory within a year',
    ]);
    expect(issues.map((issue) => issue.label)).toEqual(['Audit logging', 'Budget limits']);
    expect(questions[0]).toMatchObject({ kind: 'categorical', issues: [0, 1], options: ['audit logging', 'budget limits'] });
  });

  it('finds features in the documents, none of them the topic itself or a mere count of things', () => {
    const graph = graphOf([featureDocument()], []);
    const { issues } = frameQuestions({
      graph,
      questions: [{ text: 'Which gateway features will enterprises treat as mandatory within a year?' }],
    });
    const labels = issues.map((issue) => issue.label);
    expect(labels).toEqual(expect.arrayContaining(['Audit logging', 'Budget limits', 'Access control', 'Semantic caching']));
    expect(labels).not.toContain('Multiple teams');
    expect(labels.every((label) => !label.toLowerCase().includes('gateway'))).toBe(true);
    expect(labels.length).toBeLessThanOrEqual(6);
    expect(issues[0]?.proposition).toMatch(/^Enterprises will treat .+ as mandatory within a year$/);
  });

  it('offers people and organisations for "who", places for "where"', () => {
    expect(frame({ text: 'Who will win the argument about the toll?' }).issues.map((issue) => issue.proposition)).toEqual(
      expect.arrayContaining([
        'Ines Aldana will win the argument about the toll',
        'Shopkeepers Union will win the argument about the toll',
      ]),
    );
    expect(frame({ text: 'Where will the council build the next bridge?' }).issues.map((issue) => issue.proposition)).toEqual(
      expect.arrayContaining(['The council will build the next bridge in Eastport']),
    );
  });

  it('reads options that the question lists', () => {
    expect(frame({ text: 'Which will win: Alpha, Beta or Gamma?' }).questions[0]?.options).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(frame({ text: 'Will Alpha or Beta win the contract?' }).issues.map((issue) => issue.proposition)).toEqual([
      'Alpha will win the contract',
      'Beta will win the contract',
    ]);
  });

  it('asks whether there is any where the documents name nothing that fits', () => {
    const { questions, issues } = frame({ text: 'Which newspaper will break the story?' });
    expect(questions[0]?.kind).toBe('binary');
    expect(issues[0]?.proposition).toMatch(/^At least one of the newspaper/);
    expect(questions[0]?.assumptions.join(' ')).toMatch(/no options/);
  });
});

describe('limits', () => {
  it('refuses to frame nothing', () => {
    expect(() => frame()).toThrow(
      expect.objectContaining({ code: 'question_missing', hint: expect.stringContaining('?') as string }),
    );
    expect(() => frame({ text: '???' })).toThrow(expect.objectContaining({ code: 'question_missing' }));
  });

  it('never makes more than eight issues, and says so when eight are not enough', () => {
    const wide = { text: 'Which letter is best?', options: ['A1', 'B2', 'C3', 'D4', 'E5'] };
    expect(() => frame(wide, wide)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    const { issues, questions } = frame(wide, { text: 'Will it rain?' }, { text: 'Will it snow?' });
    expect(issues.map((issue) => issue.index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(questions.map((question) => question.issues.length)).toEqual([5, 1, 1]);
  });

  it('leaves room for the questions that follow a derived choice', () => {
    const graph = graphOf([featureDocument()], []);
    const questions = [
      { text: 'Which gateway features matter?' },
      ...Array.from({ length: 5 }, (_, index) => ({ text: `Will plan ${index} pass?` })),
    ];
    expect(frameQuestions({ graph, questions }).issues.length).toBeLessThanOrEqual(8);
  });

  it('gives every issue its own id', () => {
    const ids = frame({ text: 'Will it rain?' }, { text: 'Will it rain?' }).issues.map((issue) => issue.id);
    expect(new Set(ids).size).toBe(2);
  });
});
