// How an agent talks: one register per agent, from what it is, its schooling, age and temper.
// Invariant: a pure function of columns; the same agent always speaks the same way.
import { randomKey, uniform } from '#foundation';
import type { AgentId, Population } from '../contract.ts';
import { ACTOR_TYPES } from '#knowledge-graph/contract';

export const REGISTERS = {
  journalistic: 'Reports in short, attributed sentences and keeps its own view out.',
  institutional: 'Speaks for a body: measured, formal, in the first person plural.',
  corporate: 'Speaks for an organisation: confident, plain, in the first person plural.',
  formal: 'Writes in full, careful sentences.',
  analytical: 'Weighs evidence, asks for numbers, hedges.',
  plain: 'Says it in few and simple words.',
  wry: 'Dry humour, understatement, the odd raised eyebrow.',
  heated: 'Quick to anger, blunt, short sentences.',
  anxious: 'Worries aloud and looks for reassurance.',
  warm: 'Friendly, speaks to others by you, looks for common ground.',
  casual: 'Loose and chatty, as one types on a phone.',
} as const;
export type RegisterName = keyof typeof REGISTERS;

export interface Register {
  readonly name: RegisterName;
  readonly description: string;
}

/** Not how people speak who speak in public for a living. */
const PRIVATE: ReadonlySet<RegisterName> = new Set(['casual', 'wry', 'anxious']);

const register = (name: RegisterName): Register => ({ name, description: REGISTERS[name] });

export function registerOf(population: Population, agent: AgentId): Register {
  const { columns } = population;
  const type = ACTOR_TYPES[columns.actorType[agent] ?? 0] ?? 'person';
  if (type === 'media') return register('journalistic');
  if (type === 'institution') return register('institutional');
  if (type === 'organisation') return register('corporate');
  const [openness = 0.5, conscientiousness = 0.5, extraversion = 0.5, agreeableness = 0.5, neuroticism = 0.5] =
    columns.traits.subarray(agent * 5, agent * 5 + 5);
  const education = columns.education[agent] ?? 1;
  const age = columns.age[agent] ?? 40;
  const key = randomKey(population.seed, 'register');
  // Temper, schooling and age each pull; a little chance keeps alike people from all sounding alike.
  const pulls: readonly (readonly [RegisterName, number])[] = [
    ['plain', 0.28 + 0.1 * (2 - education)],
    ['formal', 0.08 * education + 0.5 * (conscientiousness - 0.5) + (age > 55 ? 0.15 : -0.1)],
    ['analytical', 0.09 * education + 0.9 * (openness - 0.5) + 0.3 * (conscientiousness - 0.5)],
    ['wry', 0.22 + 0.7 * (openness - 0.5) - 0.6 * (agreeableness - 0.5)],
    ['heated', 0.15 + 1.1 * (neuroticism - 0.5) - 1.2 * (agreeableness - 0.5)],
    ['anxious', 0.12 + 1.4 * (neuroticism - 0.5) - 0.5 * (extraversion - 0.5)],
    ['warm', 0.16 + 1.1 * (agreeableness - 0.5) + 0.4 * (extraversion - 0.5)],
    ['casual', (age < 35 ? 0.32 : 0.08) + 0.5 * (extraversion - 0.5)],
  ];
  let best: RegisterName = 'plain';
  let strongest = -Infinity;
  const isPublic = agent < population.actors.length;
  pulls.forEach(([name, pull], i) => {
    if (isPublic && PRIVATE.has(name)) return;
    const score = pull + 0.35 * uniform(key, agent, i);
    if (score > strongest) {
      strongest = score;
      best = name;
    }
  });
  return register(best);
}
