// Words with a tone, weighted 1–3, and the words that turn or strengthen it.
import { words } from './words.ts';

const tone = (weight: number, list: string): readonly (readonly [string, number])[] =>
  [...words(list)].map((word) => [word, weight] as const);

const TONE: ReadonlyMap<string, number> = new Map([
  ...tone(3, 'excellent outstanding superb brilliant fantastic wonderful amazing love triumph thrilled flawless'),
  ...tone(
    2,
    'great good best better success successful win benefit improve improvement strong support welcome praise trust reliable safe secure happy hope proud protect boost growth gain progress fair robust efficient effective powerful seamless fast faster valuable clean elegant excited peace thrive flourish celebrate delight affordable transparent popular rescue agree approve endorse back reward recover healthy resilient',
  ),
  ...tone(
    1,
    'help useful easy easier simple simpler clear ready stable flexible ideal practical mature solid positive favour favor promising open lower reduce save savings win-win simplify enable strengthen calm free fresh bright convenient comfortable lightweight scalable consistent predictable visibility control compliance stronger quickly smooth',
  ),
  ...tone(
    -1,
    'cost costly limit limited limitation slow slower complex complexity complicated difficult difficulty hard harder lack missing miss unclear confuse confusing confusion concern doubt delay dependency overhead expensive manual painful inconsistent latency messy noisy awkward brittle opaque question uncertain uneven strain tension sprawl bottleneck lock-in burden warn worry tricky incomplete drift friction unpredictable',
  ),
  ...tone(
    -2,
    'bad worse problem fail failure fault flaw loss lose risk risky threat danger dangerous harm hurt weak wrong error break broken crash outage attack oppose reject criticise criticize condemn protest anger angry fear afraid unfair unsafe insecure vulnerable vulnerability breach leak abuse damage suffer crisis collapse decline reckless betray betrayal mislead misleading unpopular illegal scandal dispute conflict deny refuse strike lawsuit fine penalty ban pollute pollution shortage debt layoff dismiss unreliable fragile hidden uncontrolled',
  ),
  ...tone(
    -3,
    'terrible awful disaster disastrous catastrophe catastrophic worst horrible hate corrupt corruption fraud kill death die murder war violence violent devastating devastate nightmare outrage disgrace',
  ),
]);

const NEGATORS = words("not n't never no none nobody nothing neither nor without hardly barely cannot lack");
const STRONG = words('very extremely highly deeply really truly far much increasingly dramatically especially');

/** Tone of a run of (lower-case word, lemma) pairs: −1 … +1, 0 where no word has one. */
export function toneOf(tokens: readonly { readonly lower: string; readonly lemma: string }[]): number {
  let sum = 0;
  tokens.forEach((token, index) => {
    const weight = TONE.get(token.lower) ?? TONE.get(token.lemma);
    if (weight === undefined) return;
    const before = tokens.slice(Math.max(0, index - 3), index);
    const negated = before.some((word) => NEGATORS.has(word.lower) || word.lemma === 'not');
    const strength = before.some((word) => STRONG.has(word.lower)) ? 1.4 : 1;
    sum += negated ? -0.7 * weight * strength : weight * strength;
  });
  return sum === 0 ? 0 : sum / (Math.abs(sum) + 3);
}
