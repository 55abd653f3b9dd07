// Who is asked: a filter over persona fields, as people write it (`region=Eastbank`, `age=18-30`, `age=65+`).
import { ShoalError } from '#foundation';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import { EDUCATION, GENDERS } from '../../contract.ts';
import type { AgentId, Population } from '../../contract.ts';

type Test = (agent: AgentId) => boolean;
type Filter = (population: Population, wanted: string) => Test;

const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase().trim();
const byName =
  (column: (population: Population) => ArrayLike<number>, names: (population: Population) => readonly string[]): Filter =>
  (population, wanted) => {
    const index = names(population).findIndex((name) => same(name, wanted));
    if (index < 0)
      throw wrong(`Nobody has “${wanted}” there.`, `It can be one of: ${names(population).slice(0, 30).join(', ')}.`);
    return (agent) => column(population)[agent] === index;
  };

const FILTERS: Readonly<Record<string, Filter>> = {
  community: byName(
    ({ columns }) => columns.community,
    ({ communities }) => communities.map(({ label }) => label),
  ),
  type: byName(
    ({ columns }) => columns.actorType,
    () => ACTOR_TYPES,
  ),
  gender: byName(
    ({ columns }) => columns.gender,
    () => GENDERS,
  ),
  education: byName(
    ({ columns }) => columns.education,
    () => EDUCATION,
  ),
  occupation: byName(
    ({ columns }) => columns.occupation,
    ({ lexicon }) => lexicon.occupations,
  ),
  region: byName(
    ({ columns }) => columns.region,
    ({ lexicon }) => lexicon.regions,
  ),
  kind: (population, wanted) => {
    if (!same('named', wanted) && !same('crowd', wanted))
      throw wrong(`There is no kind “${wanted}”.`, 'It can be: named, crowd.');
    return (agent) => agent < population.actors.length === same('named', wanted);
  },
  age: (population, wanted) => {
    const [, low, plus, high] = /^\s*(\d{1,3})\s*(?:(\+)|[-–]\s*(\d{1,3}))?\s*$/.exec(wanted) ?? [];
    if (low === undefined) throw wrong(`“${wanted}” is not an age.`, 'Write 30, 18-30 or 65+.');
    const from = Number(low);
    const to = plus === undefined ? Number(high ?? low) : 255;
    return (agent) => {
      const age = population.columns.age[agent] ?? 0;
      return age > 0 && age >= from && age <= to;
    };
  },
};

/** Agents that are there and meet every condition, ascending. Throws `invalid_input` for unknown fields and values. */
export function whoIsAsked(population: Population, where: Readonly<Record<string, string>>, isPresent: Test): readonly AgentId[] {
  const tests = Object.entries(where).map(([field, wanted]) => {
    const filter = Object.hasOwn(FILTERS, field) ? FILTERS[field] : undefined;
    if (filter === undefined)
      throw wrong(`There is no field “${field}” to choose by.`, `Use one of: ${Object.keys(FILTERS).join(', ')}.`);
    return filter(population, wanted);
  });
  const asked: AgentId[] = [];
  for (let agent = 0; agent < population.size; agent++) {
    if (isPresent(agent) && tests.every((test) => test(agent))) asked.push(agent);
  }
  if (asked.length === 0) throw wrong('Nobody in this population meets these conditions.', 'Ask a wider group.');
  return asked;
}

const wrong = (message: string, hint: string): ShoalError => new ShoalError('invalid_input', message, { hint });
