// One agent in full, for a person or a model to read: profile and columns put together, the crowd's name and bio made
// from the columns. Invariant: a pure function of the population and the state given.
import { randomKey, randomStream, uniform } from '#foundation';
import type { RandomStream } from '#foundation';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import { EDUCATION, GENDERS, TRAITS, VALUES } from '../contract.ts';
import type { AgentId, Persona, Population } from '../contract.ts';
import { crowdBio } from './bio.ts';
import { cumulative, pickIndex } from './draws.ts';
import { slug } from './handle.ts';
import { NEUTRAL_NAMES, TRADITIONS } from './names.ts';
import { registerOf } from './register.ts';

/** Opinion columns at some round; the population's own are those before the first. */
export interface OpinionState {
  readonly opinion: Float32Array;
  readonly certainty: Float32Array;
  readonly salience: Float32Array;
}

/** Throws RangeError for an agent that does not exist. */
export function personaOf(population: Population, agent: AgentId, state: OpinionState = population.columns): Persona {
  const { columns, lexicon, actors, issues } = population;
  if (!Number.isInteger(agent) || agent < 0 || agent >= population.size) {
    throw new RangeError(`There is no agent ${agent}: the population has ${population.size}, counted from 0.`);
  }
  const profile = actors[agent];
  const actorType = ACTOR_TYPES[columns.actorType[agent] ?? 0] ?? 'person';
  const isPerson = actorType === 'person';
  const rhythm = lexicon.rhythms[columns.rhythm[agent] ?? 0] ?? { name: 'always', hours: Array.from({ length: 24 }, () => 1) };
  const stances = issues.map((_, issue) => {
    const at = agent * issues.length + issue;
    return { issue, opinion: state.opinion[at] ?? 0, certainty: state.certainty[at] ?? 0, salience: state.salience[at] ?? 0 };
  });
  const register = registerOf(population, agent);
  const gender = GENDERS[columns.gender[agent] ?? 3] ?? 'not applicable';
  const name = nameOf(population, agent);
  return {
    agent,
    kind: profile === undefined ? 'crowd' : 'named',
    entity: profile?.entity,
    actorType,
    identity: { name, handle: handleOf(population, agent), bio: profile?.bio ?? crowdBio(population, agent, stances) },
    demographics: {
      // The age and schooling of a named actor are not in the documents; the columns' are only for drawing.
      age: isPerson && profile === undefined ? columns.age[agent] : undefined,
      gender: gender === 'not applicable' ? undefined : gender,
      education: isPerson && profile === undefined ? EDUCATION[columns.education[agent] ?? 1] : undefined,
      occupation: profile?.role ?? lexicon.occupations[columns.occupation[agent] ?? 0] ?? '',
      region: lexicon.regions[columns.region[agent] ?? 0] ?? '',
    },
    traits: row(TRAITS, columns.traits, agent),
    values: row(VALUES, columns.values, agent),
    stances,
    rhythm: { name: rhythm.name, activity: columns.activity[agent] ?? 0, hours: rhythm.hours },
    reach: columns.reach[agent] ?? 1,
    community: population.communities[columns.community[agent] ?? 0]?.label ?? '',
    voice: { register: register.name, description: profile?.voice ?? register.description },
    goals: profile?.goals ?? crowdGoals(population, stances),
    sources: profile?.sources ?? [],
  };
}

const row = <K extends string>(names: readonly K[], column: Float32Array, agent: number): Readonly<Record<K, number>> =>
  Object.fromEntries(names.map((name, i) => [name, column[agent * names.length + i] ?? 0])) as Record<K, number>;

const WEIGHTS = cumulative(TRADITIONS.map(({ weight }) => weight));
/** Share of people whose family name comes from another tradition than their given name. */
const MIXED = 0.08;

function crowdName(population: Population, agent: AgentId): readonly [given: string, family: string] {
  const draws = nameStream(population, agent);
  const home = TRADITIONS[pickIndex(WEIGHTS, draws.next())] ?? TRADITIONS[0];
  const other = TRADITIONS[pickIndex(WEIGHTS, draws.next())] ?? TRADITIONS[0];
  const familySide = draws.next() < MIXED ? other : home;
  const gender = population.columns.gender[agent] ?? 0;
  const given = draws.pick(gender === 0 ? (home?.female ?? []) : gender === 1 ? (home?.male ?? []) : NEUTRAL_NAMES) ?? 'Alex';
  return [given, draws.pick(familySide?.family ?? []) ?? 'Marsh'];
}

const nameStream = (population: Population, agent: AgentId): RandomStream =>
  randomStream(randomKey(population.seed, 'name'), agent);

export function nameOf(population: Population, agent: AgentId): string {
  return population.actors[agent]?.name ?? crowdName(population, agent).join(' ');
}

/** As people choose them: name, initials, a word of their life, some digits. Twins are told apart by the digits. */
export function handleOf(population: Population, agent: AgentId): string {
  const profile = population.actors[agent];
  if (profile !== undefined) return profile.handle;
  const [given, family] = crowdName(population, agent).map(slug);
  const key = randomKey(population.seed, 'handle');
  const first = given || 'someone';
  const last = family || 'x';
  const digits = Math.floor(uniform(key, agent, 1) * 9000) + 1000;
  const year = String((126 - (population.columns.age[agent] ?? 40) + 1900) % 100).padStart(2, '0');
  const place = slug(population.lexicon.regions[population.columns.region[agent] ?? 0] ?? '');
  const short = place === '' || place.length > 10 || /^(a|the)_/.test(place) ? `${first}_${digits}` : `${first}_in_${place}`;
  const forms = [
    `${first}_${last}`,
    `${first}${last}${year}`,
    `${first}_${last}${String(digits).slice(0, 2)}`,
    `${first.charAt(0)}${last}${digits}`,
    short,
    `${last}${first.charAt(0)}_${year}`,
    `${last}${year}`,
    `${first}${digits}`,
    `${first}_${last.charAt(0)}_${digits}`,
    `its_${first}_${String(digits).slice(0, 3)}`,
  ];
  return (forms[Math.floor(uniform(key, agent, 0) * forms.length)] ?? first).slice(0, 24);
}

function crowdGoals(population: Population, stances: Persona['stances']): readonly string[] {
  const held = stances.toSorted((a, b) => b.salience * Math.abs(b.opinion) - a.salience * Math.abs(a.opinion))[0];
  const issue = population.issues[held?.issue ?? 0];
  if (held === undefined || issue === undefined) return [];
  if (Math.abs(held.opinion) < 0.15) return [`Make up their mind on “${issue.label}”.`];
  const side = held.opinion > 0 ? 'for' : 'against';
  return held.salience > 0.5
    ? [`Persuade others ${side} “${issue.label}”.`]
    : [`Have their say ${side} “${issue.label}” now and then.`];
}
