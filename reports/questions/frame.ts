// frameQuestions: a person's questions → at most eight propositions that agents hold opinions on, the rule by which
// the simulation answers each question, and every assumption that was made on the way.
import { ShoalError } from '#foundation';
import type { KnowledgeGraph } from '#knowledge-graph/contract';
import type { Framing, Issue, Question, TypedQuestion } from '#scenarios/contract';
import { candidates, type Candidate } from './candidates.ts';
import { capitalised, lowerFirst } from './clause.ts';
import { labelOf, shortened, slugOf } from './labels.ts';
import { parseQuestion } from './parse.ts';
import { GAP, type Parsed } from './parsed.ts';
import { rankOptions } from './rank.ts';
import { createTagger, type Tagger } from './tagger.ts';
import { optionTerms, propositionTerms } from './terms.ts';

const MAX_ISSUES = 8;
const MOST_DERIVED = 6;
const DEFAULT_THRESHOLD = 0.5;

/** One answer before it has its place among all issues. */
interface Draft {
  readonly option: string;
  readonly label: string;
  readonly proposition: string;
  readonly terms: readonly string[];
}

interface Framed {
  readonly kind: 'binary' | 'categorical';
  readonly drafts: readonly Draft[];
  readonly assumptions: readonly string[];
}

interface Context {
  readonly graph: KnowledgeGraph;
  readonly tag: Tagger;
  /** How many issues this question may use. */
  readonly room: number;
}

export function frameQuestions(input: { readonly questions: readonly Question[]; readonly graph: KnowledgeGraph }): Framing {
  const asked = input.questions.filter((question) => /\p{L}/u.test(question.text));
  if (asked.length === 0) {
    throw new ShoalError('question_missing', 'There is no question to simulate.', {
      hint: 'Ask something that the future answers, for example "Will the council adopt the bridge toll?"',
    });
  }
  const tag = createTagger();
  const questions: TypedQuestion[] = [];
  const issues: Issue[] = [];
  for (const [index, question] of asked.entries()) {
    const waiting = asked.slice(index + 1).reduce((sum, later) => sum + (later.options?.length ?? 1), 0);
    const room = MAX_ISSUES - issues.length - waiting;
    const framed = frameOne(question, { graph: input.graph, tag, room });
    if (framed.drafts.length > room) throw tooMany();
    const first = issues.length;
    for (const draft of framed.drafts) issues.push(asIssue(draft, issues, index));
    questions.push(typed(question, index, framed, issues.slice(first)));
  }
  return { questions, issues };
}

const tooMany = (): ShoalError =>
  new ShoalError('invalid_input', `The questions have more than ${MAX_ISSUES} possible answers in all.`, {
    hint: 'Ask fewer questions in one run, or give fewer options.',
  });

function asIssue(draft: Draft, before: readonly Issue[], question: number): Issue {
  const base = slugOf(draft.label);
  const taken = before.filter((issue) => issue.id === base || issue.id.startsWith(`${base}-`)).length;
  return {
    index: before.length,
    id: taken === 0 ? base : `${base}-${taken + 1}`,
    label: draft.label,
    proposition: draft.proposition,
    terms: draft.terms,
    question,
  };
}

function typed(question: Question, index: number, framed: Framed, issues: readonly Issue[]): TypedQuestion {
  const threshold = question.threshold ?? DEFAULT_THRESHOLD;
  return {
    index,
    text: question.text.trim(),
    kind: framed.kind,
    issues: issues.map((issue) => issue.index),
    options: framed.kind === 'binary' ? ['yes', 'no'] : framed.drafts.map((draft) => draft.option),
    threshold,
    baseRate: question.baseRate,
    realWorldResolution: question.resolution ?? 'Not declared: nobody has said who would look up the outcome, where or when.',
    simulatedResolution:
      framed.kind === 'binary'
        ? `Yes if support among the decided (support ÷ (support + oppose)) is at or above ${Math.round(threshold * 1000) / 10} % at the end of the last round.`
        : 'The option that the largest share of agents agrees with more than with any other (measure leading), at the end of the last round.',
    assumptions: framed.assumptions,
  };
}

function frameOne(question: Question, context: Context): Framed {
  const parsed = parseQuestion(question.text, context.tag);
  if (question.options !== undefined && question.kind !== 'binary')
    return given(question.options, parsed, question.text, context);
  if (question.proposition !== undefined) return binary(question.proposition, [], context);
  if (parsed.kind === 'statement') return binary(parsed.proposition, parsed.assumptions, context);
  if (parsed.kind === 'choice')
    return question.kind === 'binary' ? existential(parsed, context) : choice(parsed, question.text, context);
  return binary(
    `The answer to “${question.text.trim()}” is yes`,
    ['The wording could not be read as a known form of question; it was taken as one to agree or disagree with.'],
    context,
  );
}

function binary(text: string, assumptions: readonly string[], { tag }: Context): Framed {
  const proposition = capitalised(text.trim().replace(/\s*[.?!]+$/u, ''));
  const said = assumptions.length === 0 ? [] : [...assumptions, `Agents agree or disagree with: “${proposition}”.`];
  const draft = { option: 'yes', label: labelOf(proposition, tag), proposition, terms: propositionTerms(proposition, tag) };
  return { kind: 'binary', drafts: [draft], assumptions: said };
}

/** No options in the documents, or a yes/no reading wanted: whether there is any such thing at all. */
function existential(parsed: Extract<Parsed, { kind: 'choice' }>, context: Context): Framed {
  const something =
    parsed.seeks === 'actor'
      ? 'somebody named in the documents'
      : parsed.seeks === 'place'
        ? 'a place named in the documents'
        : `at least one of the ${parsed.asked.text || 'things named'}`;
  return binary(
    parsed.template.replace(GAP, something),
    [...parsed.assumptions, 'The documents name no options to choose from; the question was read as whether there is any.'],
    context,
  );
}

function choice(parsed: Extract<Parsed, { kind: 'choice' }>, text: string, context: Context): Framed {
  if (parsed.listed.length >= 2) return given(parsed.listed, parsed, text, context);
  const limit = Math.min(MOST_DERIVED, context.room);
  if (limit < 2) throw tooMany();
  const options = rankOptions(
    {
      graph: context.graph,
      tag: context.tag,
      candidates: candidates(context.graph, context.tag),
      seeks: parsed.seeks,
      asked: parsed.asked,
      questionLemmas: new Set(
        context
          .tag(text)
          .filter((token) => /\p{L}/u.test(token.text))
          .map((token) => token.lemma),
      ),
    },
    limit,
  );
  if (options.length < 2) return existential(parsed, context);
  const drafts = options.map((option) => draftOf(option, parsed.template, options));
  return {
    kind: 'categorical',
    drafts,
    assumptions: [
      ...parsed.assumptions,
      `The options were taken from the documents (${drafts.map((draft) => draft.label).join(', ')}); an answer outside them cannot be found.`,
    ],
  };
}

function draftOf(option: Candidate, template: string, all: readonly Candidate[]): Draft {
  return {
    option: option.label,
    label: shortened(option.label),
    proposition: filled(template, option.inSentence),
    terms: optionTerms(option, all),
  };
}

function given(options: readonly string[], parsed: Parsed, text: string, context: Context): Framed {
  const forms: readonly Candidate[] = options.map((option) => ({
    label: capitalised(option.trim()),
    inSentence: option.trim(),
    lemmas: context.tag(option).map((token) => token.lemma),
    aliases: [],
    type: 'unknown',
    subtype: undefined,
    salience: 1,
    proper: false,
  }));
  const template = parsed.kind === 'choice' ? parsed.template : undefined;
  return {
    kind: 'categorical',
    drafts: forms.map((form, index) => ({
      option: options[index]?.trim() ?? form.label,
      label: shortened(form.label),
      proposition: template === undefined ? standing(form, text, context.tag) : filled(template, lowerFirst(form.inSentence)),
      terms: optionTerms(form, forms),
    })),
    assumptions: [],
  };
}

/** An option that is a sentence stands for itself; any other is called the best answer. */
function standing(form: Candidate, text: string, tag: Tagger): string {
  const tokens = tag(form.label);
  const verb = tokens.findIndex((token) => ['VERB', 'AUX'].includes(token.pos));
  return verb > 0 && tokens.length > 2 ? form.label.replace(/[.!?]+$/, '') : `“${form.label}” is the answer to “${text.trim()}”`;
}

const filled = (template: string, option: string): string => capitalised(template.replace(GAP, () => option));
