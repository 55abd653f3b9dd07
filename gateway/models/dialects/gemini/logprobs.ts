// Log-probabilities: Gemini's two lists of steps and OpenAI's one list of tokens, which is the common form.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { objectsIn } from '../reading.ts';

const tokenOf = (candidate: Json): Json => ({
  token: candidate['token'] ?? '',
  logprob: candidate['logProbability'] ?? 0,
  bytes: typeof candidate['token'] === 'string' ? [...Buffer.from(candidate['token'], 'utf8')] : null,
});
const candidateOf = (token: Json): Json => ({ token: token['token'] ?? '', logProbability: token['logprob'] ?? 0 });

export function readLogprobs(result: unknown): Json | undefined {
  if (!isJson(result)) return undefined;
  const tops = objectsIn(result, 'topCandidates');
  const content = objectsIn(result, 'chosenCandidates').map((chosen, index) => ({
    ...tokenOf(chosen),
    top_logprobs: objectsIn(tops[index] ?? {}, 'candidates').map(tokenOf),
  }));
  return { content, refusal: null };
}

export function logprobsJson(logprobs: unknown): Json | undefined {
  if (!isJson(logprobs)) return undefined;
  const tokens = objectsIn(logprobs, 'content');
  return {
    chosenCandidates: tokens.map(candidateOf),
    topCandidates: tokens.map((token) => ({ candidates: objectsIn(token, 'top_logprobs').map(candidateOf) })),
  };
}
