// What a cascade's scale is compared with: rules that know nothing of people. Some look at the real curve, which a
// forecast could not; they are the harder to beat.
import { normalisedError, type Curves } from './cascade-curves.ts';

export interface Null {
  readonly name: string;
  /** Computed here from the data; undefined where only a published figure is known. */
  readonly scale: number | undefined;
  readonly published: string;
}

export function nullsOf({ scale }: Curves): readonly Null[] {
  const last = scale.at(-1) ?? 0;
  const mean = scale.reduce((sum, value) => sum + value, 0) / scale.length;
  const computed = (name: string, curve: (minute: number) => number, published: string): Null => ({
    name,
    scale: normalisedError(
      scale.map((_, minute) => curve(minute)),
      scale,
    ),
    published,
  });
  return [
    computed('nobody shares', () => 1, '.870'),
    computed('a ramp to the real end', (minute) => 1 + ((last - 1) * minute) / (scale.length - 1), '.399'),
    computed('everyone at once, up to the real end', () => last, '.232'),
    computed('the real curve’s own mean', () => mean, '.186'),
    { name: 'OASIS, agents by a language model (198 cascades)', scale: undefined, published: 'about .30' },
  ];
}
