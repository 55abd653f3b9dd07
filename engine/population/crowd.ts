// Draws the crowd: demographics, traits, values, opinions and habits of every agent that is not a named actor.
// Invariant: an agent's columns depend on (seed, agent, plan) alone, never on the order or number of other draws.
import { portableExp, portableLog, portableLogistic, randomKey, uniform } from '#foundation';
import type { RandomKey } from '#foundation';
import type { Framing } from '#scenarios/contract';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import { TRAITS, VALUES } from '../contract.ts';
import type { PopulationColumns } from '../contract.ts';
import type { CommunityPlan } from './communities.ts';
import { NORMAL_DRAWS, boundedNormal, clamp, cumulative, pickIndex } from './draws.ts';
import {
  AGE_BANDS,
  EDUCATION_WEIGHTS,
  GENDER_WEIGHTS,
  TRAIT_AGE_SLOPES,
  TRAIT_DEVIATION,
  TRAIT_MEAN,
  VALUE_DEVIATION,
  VALUE_LOADINGS,
  VALUE_NOISE,
} from './priors.ts';
import type { Field } from './fields.ts';
import type { Occupation } from './priors.ts';
import { rhythmIndex } from './rhythms.ts';

export interface CrowdPlan {
  readonly seed: number;
  readonly communities: readonly CommunityPlan[];
  readonly framing: Framing;
  /** By issue: what the documents as a whole lean to. */
  readonly documentLean: readonly number[];
  /** By issue: which values speak for the proposition, in the order of VALUES. */
  readonly valueAxis: readonly (readonly number[])[];
  /** The last two are student and retired. */
  readonly occupations: readonly Occupation[];
  /** What part of the crowd comes from the documents' own field, and who is in it. */
  readonly field: Field;
  readonly regions: readonly { readonly name: string; readonly weight: number }[];
  readonly reachExponent: number;
}

/** Share of the crowd that starts without a side. */
const UNDECIDED_SHARE = 0.24;
const CHARACTER_DRAWS = {
  age: 0,
  ageInBand: 1,
  gender: 2,
  education: 3,
  occupation: 4,
  region: 5,
  community: 6,
  retired: 7,
  field: 8,
  fieldOccupation: 9,
} as const;

/** Fills the rows `low … high − 1`. */
export function fillCrowd(columns: PopulationColumns, low: number, high: number, plan: CrowdPlan): void {
  const size = columns.age.length;
  const person = ACTOR_TYPES.indexOf('person');
  const keys = {
    character: randomKey(plan.seed, 'crowd-character'),
    traits: randomKey(plan.seed, 'crowd-traits'),
    opinions: randomKey(plan.seed, 'crowd-opinions'),
    habits: randomKey(plan.seed, 'crowd-habits'),
  };
  const character = characterDrawer(plan, keys.character);
  const opinions = opinionDrawer(plan, keys.opinions);
  for (let agent = low; agent < high; agent++) {
    columns.actorType[agent] = person;
    character(columns, agent);
    drawTraits(columns, agent, keys.traits);
    opinions(columns, agent);
    drawHabits(columns, agent, keys.habits, plan.reachExponent, size);
  }
}

/** Weight of a job by how many levels of education it asks below one's own. */
const OVERQUALIFIED: readonly number[] = [1, 1, 0.75, 0.35, 0.25];

const EVERY_AGE = [0, 200] as const;
const STUDENT_AGE = [16, 25] as const;
const RETIRED_AGE = [63, 88] as const;
/** From when on somebody of this schooling can be at work, to when people retire. */
const workingAge = (education: number): readonly [youngest: number, oldest: number] => [
  [18, 18, 20, 23, 26][education] ?? 18,
  66,
];
/** Fewer with the years: the smaller of two makes a falling line out of one uniform draw. */
const ageBetween = (youngest: number, oldest: number, u: number): number =>
  youngest + Math.floor((1 - Math.sqrt(1 - u)) * (oldest - youngest + 1));

function characterDrawer(plan: CrowdPlan, key: RandomKey): (columns: PopulationColumns, agent: number) => void {
  const ages = cumulative(AGE_BANDS.map(({ weight }) => weight));
  const genders = cumulative(GENDER_WEIGHTS);
  const educations = EDUCATION_WEIGHTS.map((row) => cumulative(row));
  const communities = cumulative(plan.communities.map(({ share }) => share));
  const regions = cumulative(plan.regions.map(({ weight }) => weight));
  const student = plan.occupations.length - 2;
  const retired = plan.occupations.length - 1;
  // One table per education level: a job asks for at least its own, and rarely employs far above it.
  const jobs = [0, 1, 2, 3, 4].map((level) =>
    cumulative(
      plan.occupations.map(({ weight, education }) =>
        level < education ? 0.04 * weight : weight * (OVERQUALIFIED[level - education] ?? 0),
      ),
    ),
  );
  const rhythms = plan.occupations.map(({ rhythm }) => rhythmIndex(rhythm));
  const nightOwl = rhythmIndex('night owl');
  const field = cumulative(plan.field.weights);
  return (columns, agent) => {
    const u = (draw: number): number => uniform(key, agent, draw);
    const inField = u(CHARACTER_DRAWS.field) < plan.field.share ? pickIndex(field, u(CHARACTER_DRAWS.fieldOccupation)) : -1;
    const needed = inField < 0 ? 0 : (plan.occupations[inField]?.education ?? 0);
    const [youngest, oldest] =
      inField < 0 ? EVERY_AGE : inField === student ? STUDENT_AGE : inField === retired ? RETIRED_AGE : workingAge(needed);
    const band = AGE_BANDS[pickIndex(ages, u(CHARACTER_DRAWS.age))] ?? AGE_BANDS[0];
    const drawn = band.from + Math.floor(u(CHARACTER_DRAWS.ageInBand) * (band.to - band.from + 1));
    const age = drawn >= youngest && drawn <= oldest ? drawn : ageBetween(youngest, oldest, u(CHARACTER_DRAWS.ageInBand));
    const group = age < 25 ? 0 : age < 55 ? 1 : 2;
    // Nobody has a degree that their years do not allow, and nobody works without the schooling that the work asks for.
    const level = Math.max(
      needed,
      Math.min(
        pickIndex(educations[group] ?? ages, u(CHARACTER_DRAWS.education)),
        age < 18 ? 1 : age < 21 ? 2 : age < 24 ? 3 : 4,
      ),
    );
    const life = u(CHARACTER_DRAWS.retired);
    const isStudent = inField < 0 ? age < 18 || (age < 26 && life < 0.5 - (age - 18) * 0.04) : inField === student;
    const isRetired = inField < 0 && age >= 60 && life < (age - 58) / 12;
    const job = inField >= 0 ? inField : pickIndex(jobs[level] ?? ages, u(CHARACTER_DRAWS.occupation));
    const occupation = isStudent ? student : isRetired ? retired : job;
    columns.age[agent] = age;
    columns.gender[agent] = pickIndex(genders, u(CHARACTER_DRAWS.gender));
    columns.education[agent] = level;
    columns.occupation[agent] = occupation;
    columns.region[agent] = pickIndex(regions, u(CHARACTER_DRAWS.region));
    columns.community[agent] = pickIndex(communities, u(CHARACTER_DRAWS.community));
    const restless = age < 40 && !isStudent && life > 0.88;
    columns.rhythm[agent] = restless ? nightOwl : (rhythms[occupation] ?? 0);
  };
}

function drawTraits(columns: PopulationColumns, agent: number, key: RandomKey): void {
  const age = clamp(((columns.age[agent] ?? 45) - 45) / 25, -1.2, 1.6);
  const z = [0, 0, 0, 0, 0];
  for (let t = 0; t < TRAITS.length; t++) {
    const score = boundedNormal(key, agent, t * NORMAL_DRAWS) + (age / 2) * (TRAIT_AGE_SLOPES[t] ?? 0);
    z[t] = score;
    columns.traits[agent * TRAITS.length + t] = clamp(TRAIT_MEAN + TRAIT_DEVIATION * score, 0.02, 0.98);
  }
  for (let v = 0; v < VALUES.length; v++) {
    const loadings = VALUE_LOADINGS[v];
    let score = (loadings?.[0] ?? 0) * age + VALUE_NOISE * boundedNormal(key, agent, (TRAITS.length + v) * NORMAL_DRAWS);
    for (let t = 0; t < TRAITS.length; t++) score += (loadings?.[t + 1] ?? 0) * (z[t] ?? 0);
    columns.values[agent * VALUES.length + v] = clamp(0.5 + VALUE_DEVIATION * score, 0.02, 0.98);
  }
}

/** Draws per issue in the opinions stream. */
const OPINION_STRIDE = 8;
const FAVOURITE_DRAW = 1000;

function opinionDrawer(plan: CrowdPlan, key: RandomKey): (columns: PopulationColumns, agent: number) => void {
  const issues = plan.documentLean.length;
  const circleKey = randomKey(plan.seed, 'circle-offset');
  // Circles differ from each other even where the documents are silent about them.
  const means = plan.communities.map(({ lean }, circle) =>
    plan.documentLean.map((base, issue) =>
      clamp(0.5 * base + 0.5 * (lean[issue] ?? 0) + 0.14 * boundedNormal(circleKey, circle, issue * NORMAL_DRAWS), -0.8, 0.8),
    ),
  );
  const rivals = plan.framing.questions.map((question) => question.issues).filter((list) => list.length > 1);
  const tables = means.map((mine) => rivals.map((list) => preferences(list, mine)));
  return (columns, agent) => {
    const circle = columns.community[agent] ?? 0;
    const mine = means[circle] ?? [];
    for (let issue = 0; issue < issues; issue++) {
      const draw = issue * OPINION_STRIDE;
      const axis = plan.valueAxis[issue] ?? [];
      let leaning = mine[issue] ?? 0;
      for (let v = 0; v < VALUES.length; v++)
        leaning += (axis[v] ?? 0) * 1.4 * ((columns.values[agent * VALUES.length + v] ?? 0.5) - 0.5);
      for (let n = 0; n < rivals.length; n++) {
        const place = rivals[n]?.indexOf(issue) ?? -1;
        const table = tables[circle]?.[n];
        if (place < 0 || table === undefined) continue;
        leaning += pickIndex(table, uniform(key, agent, FAVOURITE_DRAW + n)) === place ? 0.55 : -0.2;
      }
      leaning = clamp(leaning, -1, 1);
      const side =
        uniform(key, agent, draw) < UNDECIDED_SHARE
          ? 0
          : uniform(key, agent, draw + 1) < portableLogistic(3.2 * leaning)
            ? 1
            : -1;
      const spread = boundedNormal(key, agent, draw + 2);
      const opinion =
        side === 0 ? 0.3 * leaning + 0.12 * spread : side * clamp(0.48 + 0.24 * Math.abs(leaning) + 0.2 * spread, 0.08, 1);
      const at = agent * issues + issue;
      const conscientious = columns.traits[agent * TRAITS.length + 1] ?? 0.5;
      const noise = uniform(key, agent, draw + 4) - 0.5;
      columns.opinion[at] = clamp(opinion, -1, 1);
      columns.certainty[at] = clamp(0.14 + 0.5 * Math.abs(opinion) + 0.2 * (conscientious - 0.5) + 0.3 * noise, 0.03, 0.97);
      // Most care little about any one issue: the cube keeps attention with a few.
      const care = uniform(key, agent, draw + 5);
      const engaged = circle === plan.communities.length - 1 ? 0.75 : 1;
      columns.salience[at] = clamp(engaged * (0.08 + 0.72 * care * care * care + 0.25 * Math.abs(opinion)), 0.02, 1);
    }
  };
}

/** Among competing answers, how often each is somebody's favourite: a softmax over what the circle leans to. */
const preferences = (list: readonly number[], means: readonly number[]): Float64Array =>
  cumulative(list.map((issue) => portableExp(2.5 * (means[issue] ?? 0))));

/** Sessions per hour at the agent's peak: most look in rarely, few live there (a truncated Pareto law). */
const ACTIVITY_FLOOR = 0.06;
const ACTIVITY_TAIL = 0.6;

function drawHabits(columns: PopulationColumns, agent: number, key: RandomKey, exponent: number, size: number): void {
  const extraversion = columns.traits[agent * TRAITS.length + 2] ?? 0.5;
  const u = uniform(key, agent, 0);
  const activity = ACTIVITY_FLOOR * portableExp(-ACTIVITY_TAIL * portableLog(u)) * (0.7 + 0.6 * extraversion);
  columns.activity[agent] = clamp(activity, 0.01, 0.95);
  columns.reach[agent] = reachQuantile(uniform(key, agent, 1), exponent, size);
}

/** Audience relative to the median agent: half have 1, above that the tail falls as r^(1 − exponent), cut off at the size of the world. */
export function reachQuantile(tail: number, exponent: number, size: number): number {
  return clamp(portableExp(-portableLog(2 * tail) / (exponent - 1)), 1, Math.max(2, size));
}
