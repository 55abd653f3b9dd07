// What must be true after any fault: nothing held, nothing under way, and spent what the provider says, or what the
// rule for streams that told no usage makes of what it wrote.
import type { Upstream } from '../../fixtures/upstream/upstream.ts';
import { costOf, NANO_USD } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';

type Seen = Upstream['seen'][number];

/** Waits until the gateway has let go of every request that came so far, and returns what was spent since `before`. */
export async function settled(shoal: Shoal, before: { readonly spentNanoUsd: number }): Promise<number> {
  await shoal.upstream.until(() => shoal.upstream.seen.every((seen) => seen.ended !== 'open'));
  // The gateway hears of an end a little later than the provider.
  while (shoal.spent().reservedNanoUsd > 0 || underWay(shoal) > 0 || (await shoal.connections()) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return shoal.spent().spentNanoUsd - before.spentNanoUsd;
}

function underWay({ system }: Shoal): number {
  const gauges = system.gateway.traces.metrics().matchAll(/^shoal_gateway_active_requests(?:\{[^}]*\})? (\d+)$/gm);
  return [...gauges].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** `nothing`: refused, so not billed. `told`: as the provider said. `reckoned`: it did not say, so by the rule. */
export type Books = 'nothing' | 'told' | 'reckoned';

/**
 * The least and the most that may have been charged for what the provider saw. Where it told the usage, and where it
 * refused, there is but one amount. Otherwise at least what was written is paid for, one token for each piece; at most
 * what had been held for each attempt: the body's bytes (and allowances) as input, the cap as output.
 */
function within(seen: readonly Seen[], books: Books): readonly [least: number, most: number] {
  const exact = seen.reduce((sum, { told }) => sum + (books === 'nothing' || told === undefined ? 0 : costOf(told)), 0);
  if (books !== 'reckoned') return [exact, exact];
  const pieces = seen.flatMap(({ saidTexts }) => saidTexts).length;
  const held = seen.reduce((sum, { body, asked }) => {
    const inputBound = Buffer.byteLength(JSON.stringify(body)) + 1024;
    return sum + inputBound * NANO_USD.input + (asked?.cap ?? 0) * NANO_USD.output;
  }, 0);
  return [Math.max(1, pieces * NANO_USD.output), held];
}

/** `right`, or what is wrong with what was charged. */
export function booksOf(nanoUsd: number, seen: readonly Seen[], books: Books): string {
  const [least, most] = within(seen, books);
  return nanoUsd >= least && nanoUsd <= most ? 'right' : `${nanoUsd} is not between ${least} and ${most}`;
}
