// Sampling settings as a Claude model takes them; the rest is named in `dropped`.
import type { ModelRequest } from '../../exchange.ts';
import type { ModelTraits } from './model-traits.ts';

type Sampling = Pick<ModelRequest, 'temperature' | 'topP' | 'topK'>;

export function samplingOf(request: Sampling, traits: ModelTraits, thinks: boolean, dropped: Set<string>): Sampling {
  const { temperature, topP, topK } = request;
  if (!traits.sampling || thinks) {
    // 1 is the default, so leaving it out loses nothing.
    if (temperature !== undefined && temperature !== 1) dropped.add('temperature');
    if (topP !== undefined && topP !== 1) dropped.add('topP');
    if (topK !== undefined) dropped.add('topK');
    return { temperature: undefined, topP: undefined, topK: undefined };
  }
  // Newer models refuse both together; where both are asked for, temperature says more.
  if (temperature !== undefined && topP !== undefined && topP !== 1) dropped.add('topP');
  // Other APIs reach to 2, this one to 1.
  return {
    temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
    topP: temperature === undefined ? topP : undefined,
    topK,
  };
}
