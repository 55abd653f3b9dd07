// The rule by which a population lives: the crowd (default), or one published model by its name, with its parameters.
// Opinions lie in [−1, 1], so a bound of 0.4 here is one of 0.2 where the literature uses [0, 1].
import { z } from 'zod';

const share = z.number().min(0).max(1);
/** Whom an agent may meet: those it follows, or anybody (the well-mixed population of the textbooks). */
const among = z.enum(['ties', 'everyone']).default('ties');
/** Share of agents, those most in favour at the start, who have adopted before the first round. */
const seeds = share.default(0.02);
/** Weight of one's own opinion in the average. */
const self = share.default(0.5);
/** Differences of opinion from this on are not listened to. */
const bound = z.number().min(0.01).max(2).default(0.5);

export const DynamicsSchema = z
  .discriminatedUnion('name', [
    z.strictObject({ name: z.literal('crowd') }),
    z.strictObject({ name: z.literal('degroot'), self }),
    z.strictObject({
      name: z.literal('friedkin-johnsen'),
      self,
      /** 1 = DeGroot, 0 = everyone keeps the opinion they began with. */
      susceptibility: share.default(0.8),
    }),
    z.strictObject({
      name: z.literal('deffuant'),
      bound,
      /** Share of the difference that each of a pair gives way by. */
      convergence: z.number().min(0.001).max(0.5).default(0.5),
      among,
    }),
    z.strictObject({ name: z.literal('hegselmann-krause'), bound, among }),
    z.strictObject({
      name: z.literal('voter'),
      /** Chance that an agent copies somebody in a round. */
      copying: z.number().min(0.001).max(1).default(0.5),
      among,
    }),
    z.strictObject({
      name: z.literal('independent-cascade'),
      /** Chance that a new adopter wins over one follower; it tries once. */
      probability: share.default(0.1),
      seeds,
    }),
    z.strictObject({ name: z.literal('linear-threshold'), seeds }),
    z.strictObject({
      name: z.literal('watts'),
      /** Share of those followed who must have adopted. */
      threshold: share.default(0.18),
      seeds,
    }),
    z.strictObject({
      name: z.literal('sir'),
      /** Chance per round and infected account followed. */
      infection: share.default(0.05),
      /** Chance per round of losing interest for good. */
      recovery: share.default(0.2),
      seeds,
    }),
    z.strictObject({
      name: z.literal('hawkes'),
      /** Posts of an agent's own accord, per hour. */
      postsPerHour: z.number().min(0).max(10).default(0.02),
      /** Mean number of replies that one post sets off, spread evenly over the author's followers. */
      branching: z.number().min(0).max(0.95).default(0.5),
      /** Per hour: how fast a post stops setting off replies. */
      decayPerHour: z.number().min(0.01).max(60).default(1),
    }),
    z.strictObject({
      name: z.literal('bhw'),
      /** Chance that an agent's private signal is right. */
      accuracy: z.number().min(0.5).max(1).default(0.7),
      /** Which side is right. */
      truth: z.enum(['for', 'against']).default('for'),
    }),
  ])
  .default({ name: 'crowd' });
export type Dynamics = z.infer<typeof DynamicsSchema>;
/** The parameters of one of them. */
export type DynamicsNamed<Name extends Dynamics['name']> = Extract<Dynamics, { name: Name }>;
