// Who is speaking, on what, to whom: what every part of a post is chosen by. Invariant: each choice is a draw at
// (population seed, post number, slot), so that the same recipe always gives the same words.
import { randomKey, uniform } from '#foundation';
import type { Issue } from '#scenarios/contract';
import type { Population, PostRecipe, TalkingPoint } from '../../contract.ts';
import { isGeneralRemark, registerOf } from '../../population/index.ts';
import { PHRASES } from './phrases/index.ts';
import type { Phrases } from './phrases/index.ts';

export interface VoiceWorld {
  readonly population: Population;
  /** Talking points with those of interventions after them; default the population's own. */
  readonly points?: readonly TalkingPoint[];
}

export interface Speaker {
  readonly population: Population;
  readonly points: readonly TalkingPoint[];
  readonly recipe: PostRecipe;
  readonly issue: Issue;
  readonly register: keyof typeof PHRASES;
  readonly phrases: Phrases;
  /** Public bodies, organisations and newsrooms: no age, no home town. */
  readonly isBody: boolean;
  readonly isNamed: boolean;
  readonly strong: boolean;
  /** Whether other issues compete with this one as answers to the same question. */
  readonly rivals: boolean;
  readonly point: TalkingPoint | undefined;
  /** Whether the author shares the point, rejects it, or cannot tell. */
  readonly side: 'own' | 'other' | 'torn';
  /** Uniform draw of a slot. */
  draw(slot: number): number;
  /** One of a list by the draw of a slot. */
  pick(slot: number, list: readonly string[]): string;
}

const TORN_BELOW = 0.12;
const STRONG_FROM = 0.5;

export function speakerOf(world: VoiceWorld, recipe: PostRecipe): Speaker {
  const { population } = world;
  const points = world.points ?? population.talkingPoints;
  const key = randomKey(population.seed, 'voice');
  const draw = (slot: number): number => uniform(key, recipe.seq, slot);
  const register = registerOf(population, recipe.agent).name;
  const given = recipe.point === undefined ? undefined : points[recipe.point];
  const unfit = given !== undefined && (namesItself(population, recipe.agent, given) || isNoQuotation(recipe, given));
  const point = unfit ? undefined : given;
  const issue = population.issues[recipe.issue] ?? population.issues[0];
  if (issue === undefined) throw new RangeError('A population without issues has nothing to say.');
  return {
    population,
    points,
    recipe,
    issue,
    register,
    phrases: PHRASES[register],
    isBody: register === 'institutional' || register === 'corporate' || register === 'journalistic',
    isNamed: recipe.agent < population.actors.length,
    strong: Math.abs(recipe.stance) >= STRONG_FROM,
    rivals: population.issues.some((other) => other !== issue && other.question === issue.question),
    point,
    side: sideOf(recipe, point),
    draw,
    pick: (slot, list) => list[Math.floor(draw(slot) * list.length)] ?? '',
  };
}

/** What nobody in particular has said is said as one's own or not at all: it is no words of others to weigh or to reject. */
function isNoQuotation(recipe: PostRecipe, point: TalkingPoint): boolean {
  if (point.origin !== 'proposition') return false;
  const side = sideOf(recipe, point);
  return side === 'torn' || (side === 'other' && isGeneralRemark(point.text));
}

function sideOf(recipe: PostRecipe, point: TalkingPoint | undefined): Speaker['side'] {
  if (point === undefined) return 'own';
  // One's own words are one's own, whatever the lean that was read into them.
  if (point.speaker === recipe.agent) return 'own';
  if (Math.abs(recipe.stance) < TORN_BELOW) return 'torn';
  return recipe.stance * point.lean < 0 ? 'other' : 'own';
}

/** Nobody speaks of themselves in the third person: such a point is left to others. */
export function namesItself({ actors }: Population, agent: number, point: TalkingPoint): boolean {
  const name = actors[agent]?.name;
  return name !== undefined && point.speaker !== agent && point.text.includes(name);
}
