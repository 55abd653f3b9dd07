// What Chinese says by order and particle: "A被B收购" and "A由B创立" (B did it), "A是B的首都" (a noun with 的).
import type { Anchor } from '../coreference/resolve.ts';
import { fact, isThing, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { readNoun, readPredicate } from './predicates.ts';

const AGENT_MARKS = /^[被由遭]$/;
const COPULAS = /^[是为]$/;
const CONFIDENCE = 0.7;

/** Facts whose doer or whose relation stands in a place of its own. */
export function findChineseFacts(view: SentenceView): readonly Fact[] {
  return [...markedAgents(view), ...nounFacts(view)];
}

function markedAgents({ sentence, anchors, groups }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  return tokens.flatMap((mark, at): readonly Fact[] => {
    if (!AGENT_MARKS.test(mark.text)) return [];
    const patient = anchors.find(({ to }) => to === at);
    const agent = anchors.find(({ from }) => from === at + 1);
    if (patient === undefined || agent === undefined || !isThing(patient) || !isThing(agent)) return [];
    const group = groups.find(({ verb }) => verb >= agent.to && verb <= agent.to + 2);
    if (group === undefined) return [];
    const { predicate, typed } = readPredicate(group.lemma, typeOf(agent.cluster), typeOf(patient.cluster));
    const [found] = [fact(sentence, group, agent, patient, predicate, typed ? CONFIDENCE : 0.5)];
    return [{ ...found, end: Math.max(found.end, tokens[group.verb]?.end ?? 0) }];
  });
}

/** Whether a thing stands right before 被 or 由 as the one that something is done to. */
export const isPatient = ({ sentence: { tokens } }: SentenceView, { to }: Anchor): boolean =>
  AGENT_MARKS.test(tokens[to]?.text ?? '');

function nounFacts({ sentence, anchors, groups }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  const named = anchors.filter(({ cluster }) => cluster.kind === 'name');
  return named.flatMap((left, index): readonly Fact[] => {
    const right = named[index + 1];
    const group = groups.find(({ verb }) => verb === left.to);
    if (right === undefined || group === undefined || !COPULAS.test(tokens[left.to]?.text ?? '')) return [];
    const noun = tokens[right.to + 1];
    if (right.from !== left.to + 1 || tokens[right.to]?.text !== '的' || noun === undefined) return [];
    const predicate = readNoun(noun.text, typeOf(left.cluster), typeOf(right.cluster));
    return predicate === undefined ? [] : [{ ...fact(sentence, group, left, right, predicate, CONFIDENCE), end: noun.end }];
  });
}
