// What is traded on a market: one share per answer of every question, and the numbers a market begins with.
import type { Framing, MarketOverrides, Scenario } from '#scenarios/contract';

export interface Answer {
  /** Position among the question's answers, and the question's first answer and number of them. */
  readonly place: number;
  readonly first: number;
  readonly count: number;
  readonly question: number;
  readonly issue: number;
  /** −1 for the "no" of a binary question, which is right where its issue's proposition is not. */
  readonly side: 1 | -1;
  readonly label: string;
}

export type MarketTerms = { readonly [Name in keyof MarketOverrides]-?: NonNullable<MarketOverrides[Name]> };

const DEFAULTS: MarketTerms = { mechanism: 'maker', liquidity: 400, cash: 10_000, shares: 20 };

/** What a right share pays, in cents. */
export const PAYOFF = 100;

/** The market of a scenario and its place among the platforms; undefined where there is none. */
export function marketOf(scenario: Scenario): { readonly platform: number; readonly terms: MarketTerms } | undefined {
  const platform = scenario.platforms.findIndex(({ kind }) => kind === 'market');
  if (platform < 0) return undefined;
  const { mechanism, liquidity, cash, shares } = scenario.platforms[platform]?.market ?? {};
  return {
    platform,
    terms: {
      mechanism: mechanism ?? DEFAULTS.mechanism,
      liquidity: liquidity ?? DEFAULTS.liquidity,
      cash: cash ?? DEFAULTS.cash,
      shares: shares ?? DEFAULTS.shares,
    },
  };
}

/** A binary question is traded as yes and no, a categorical one by its options. */
export function answersOf(framing: Framing): readonly Answer[] {
  const answers: Answer[] = [];
  for (const { index: question, kind, issues, options } of framing.questions) {
    const first = answers.length;
    const count = kind === 'binary' ? 2 : issues.length;
    for (let place = 0; place < count; place++) {
      const issue = (kind === 'binary' ? issues[0] : issues[place]) ?? 0;
      const side = kind === 'binary' && place === 1 ? -1 : 1;
      answers.push({ place, first, count, question, issue, side, label: options[place] ?? '' });
    }
  }
  return answers;
}
