// Groups of those asked: by one field of their personas or by several at once, in the order in which people read them.
import { ShoalError } from '#foundation';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import { EDUCATION, GENDERS, type AgentId, type Population } from '../../contract.ts';

interface Field {
  readonly labels: readonly string[];
  /** Index into the labels. */
  readonly of: (agent: AgentId) => number;
}

/** Youngest and oldest of each band; the last is open. */
const AGE_BANDS = [0, 18, 30, 45, 60, 75] as const;
const ageLabels = [
  ...AGE_BANDS.map((from, band) => {
    const next = AGE_BANDS[band + 1];
    return next === undefined ? `${from}+` : `${from}–${next - 1}`;
  }),
  'no age',
];

const FIELDS: Readonly<Record<string, (population: Population) => Field>> = {
  age: ({ columns }) => ({
    labels: ageLabels,
    of: (agent) => {
      const age = columns.age[agent] ?? 0;
      return age === 0 ? AGE_BANDS.length : AGE_BANDS.findLastIndex((from) => age >= from);
    },
  }),
  gender: ({ columns }) => ({ labels: GENDERS, of: (agent) => columns.gender[agent] ?? 0 }),
  education: ({ columns }) => ({ labels: EDUCATION, of: (agent) => columns.education[agent] ?? 0 }),
  occupation: ({ columns, lexicon }) => ({ labels: lexicon.occupations, of: (agent) => columns.occupation[agent] ?? 0 }),
  region: ({ columns, lexicon }) => ({ labels: lexicon.regions, of: (agent) => columns.region[agent] ?? 0 }),
  community: ({ columns, communities }) => ({
    labels: communities.map(({ label }) => label),
    of: (agent) => columns.community[agent] ?? 0,
  }),
  type: ({ columns }) => ({ labels: ACTOR_TYPES, of: (agent) => columns.actorType[agent] ?? 0 }),
  kind: ({ actors }) => ({ labels: ['named', 'crowd'], of: (agent) => (agent < actors.length ? 0 : 1) }),
};

export interface Grouping {
  readonly fields: readonly string[];
  /** Number of an agent's group, ascending in the order of the fields and their labels. */
  readonly groupOf: (agent: AgentId) => number;
  readonly labelsOf: (group: number) => readonly string[];
}

/** `by`: names of fields with commas between. Throws `invalid_input`. */
export function groupingBy(population: Population, by: string): Grouping {
  const names = by.split(',').map((name) => name.trim());
  const fields = names.map((name) => {
    const make = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (make !== undefined) return make(population);
    throw new ShoalError('invalid_input', `There is no field “${name}” to group by.`, {
      hint: `Use ${Object.keys(FIELDS).join(', ')}, or several with commas between.`,
    });
  });
  return {
    fields: names,
    groupOf: (agent) => fields.reduce((group, { labels, of }) => group * labels.length + of(agent), 0),
    labelsOf: (group) => {
      const found: string[] = [];
      let rest = group;
      for (const { labels } of fields.toReversed()) {
        found.unshift(labels[rest % labels.length] ?? '');
        rest = Math.floor(rest / labels.length);
      }
      return found;
    },
  };
}
