// Profile lines for the crowd, in the words people use of themselves: work, place, what they care about, sometimes
// where they stand. Invariant: drawn from the agent's columns and seed; never longer than 160 characters.
import { randomKey, randomStream } from '#foundation';
import { VALUES } from '../contract.ts';
import { aOrAn, capital } from './phrases.ts';
import { NOT_WORK } from './priors.ts';
import type { AgentId, Persona, Population } from '../contract.ts';

/** What somebody says who holds a value above the others. */
const CARES: Readonly<Record<(typeof VALUES)[number], readonly string[]>> = {
  'openness-to-change': [
    'curious about most things',
    'always trying something new',
    'collects opinions, changes them too',
    'allergic to “we always did it like this”',
    'asks why',
  ],
  'self-enhancement': [
    'works hard, says so',
    'numbers person',
    'building something of my own',
    'competitive, mostly with myself',
    'results over speeches',
  ],
  conservation: [
    'likes things that work and stay',
    'family first',
    'careful with other people’s money',
    'old habits, good habits',
    'believes in rules that hold for everyone',
  ],
  'self-transcendence': [
    'cares about the people next door',
    'volunteers when there is time',
    'for fairness, against shouting',
    'thinks about who pays',
    'soft spot for lost causes',
  ],
};
const HOBBIES = [
  'bad at chess',
  'weekend cyclist',
  'amateur baker',
  'reads too much',
  'two cats',
  'allotment and radio',
  'choir on Tuesdays',
  'long walks',
  'terrible puns',
  'football on Sundays',
  'night-time photographer',
  'runs slowly',
  'board games',
  'old films',
  'knitting',
  'gardener on a balcony',
  'plays the bass',
  'tea, never coffee',
  'dog person',
  'birdwatcher',
  'learning to sail',
  'quiz nights',
] as const;
const GRANDPARENT_FROM = 58;
const GRANDPARENT = 'grandchildren and crosswords';
const LIST_MARKS = [' · ', ', ', ' | ', ' / ', ' – '] as const;

/** Profiles come as a line of sentences, as a list between marks, or as one short phrase. */
export function crowdBio(population: Population, agent: AgentId, stances: Persona['stances']): string {
  const { columns, lexicon } = population;
  const draws = randomStream(randomKey(population.seed, 'bio'), agent);
  const occupation = lexicon.occupations[columns.occupation[agent] ?? 0] ?? '';
  const region = lexicon.regions[columns.region[agent] ?? 0] ?? '';
  const age = columns.age[agent] ?? 40;
  const style = draws.next();
  const work = draws.pick(workLines(occupation, region, age)) ?? '';
  const care = draws.pick(CARES[topValue(columns.values, agent)]) ?? '';
  const hobbies = age >= GRANDPARENT_FROM ? [...HOBBIES, GRANDPARENT] : HOBBIES;
  const hobby = draws.next() < 0.5 ? (draws.pick(hobbies) ?? '') : '';
  const stand = draws.next() < 0.35 ? standing(population, stances, draws.next()) : '';
  const mark = draws.pick(LIST_MARKS) ?? ', ';
  if (style < 0.18) return capital(draws.next() < 0.5 || stand === '' ? work : `${work}. ${capital(stand)}`);
  if (style < 0.5) return `${join([work, care, hobby, stand], '. ')}.`;
  if (style < 0.68) return `${join([work, hobby === '' ? care : `${capital(hobby)}, ${care}`, stand], '. ')}.`;
  // A comma inside a part would hide where the next one begins.
  const dashed = mark === ', ' && [work, care].some((part) => part.includes(','));
  return join([work, care, hobby, stand], dashed ? ' · ' : mark);
}

/** As many of the parts as fit; none of them twice. */
function join(parts: readonly string[], separator: string): string {
  let text = '';
  for (const part of new Set(parts)) {
    if (part === '') continue;
    const next = text === '' ? capital(part) : `${text}${separator}${separator === '. ' ? capital(part) : part}`;
    if (next.length > 158) break;
    text = next;
  }
  return text;
}

function workLines(occupation: string, region: string, age: number): readonly string[] {
  if (occupation === 'student') {
    return age < 18
      ? [`pupil in ${region}`, `at school in ${region}`]
      : [`student in ${region}`, `studying in ${region}`, `${age}, student, ${region}`];
  }
  if (occupation === 'retired')
    return [`retired, in ${region}`, `happily retired in ${region}`, `${age} and retired, ${region}`, `pensioner in ${region}`];
  if (occupation === 'job seeker')
    return [`between jobs, ${region}`, `looking for work in ${region}`, `${age}, between jobs, in ${region}`];
  const lines = [`${occupation} in ${region}`, `${occupation}, ${region}`, `${age}, ${occupation}, ${region}`, occupation];
  return NOT_WORK.has(occupation)
    ? lines
    : [...lines, `works as ${aOrAn(occupation)} in ${region}`, `${occupation} by day`, `${aOrAn(occupation)} from ${region}`];
}

function topValue(values: Float32Array, agent: AgentId): (typeof VALUES)[number] {
  let best = 0;
  for (let v = 1; v < VALUES.length; v++) {
    if ((values[agent * VALUES.length + v] ?? 0) > (values[agent * VALUES.length + best] ?? 0)) best = v;
  }
  return VALUES[best] ?? 'self-transcendence';
}

/** Where one stands, if one cares enough to put it in a profile. */
function standing(population: Population, stances: Persona['stances'], u: number): string {
  const held = stances.toSorted((a, b) => b.salience - a.salience)[0];
  const label = population.issues[held?.issue ?? 0]?.label;
  if (held === undefined || label === undefined || label.length > 30 || label.endsWith('…') || held.salience < 0.2) return '';
  if (held.opinion > 0.45) return u < 0.5 ? `“${label}”: yes` : `for “${label}”`;
  if (held.opinion < -0.45) return u < 0.5 ? `“${label}”: no` : `against “${label}”`;
  return Math.abs(held.opinion) < 0.15 ? `undecided on “${label}”` : '';
}
