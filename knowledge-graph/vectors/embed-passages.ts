// Vectors of passages, asked for once: each is kept by the model and the words of its passage, so that a graph that grew
// asks for its new passages only, and a build that was cancelled goes on where it stopped.
import { hashOf, ShoalError } from '#foundation';
import type { LanguageModel, ReportProgress } from '#foundation';
import { chunkDocuments } from '../chunking/chunks.ts';
import { passageTexts } from '../chunking/passage-texts.ts';
import type { Document, GraphSnapshot, PassageVectors, VectorCache, VectorUse } from '../contract.ts';

/** About 16,000 tokens: providers take more, but a lost answer is then asked for again whole. */
const TEXTS_PER_CALL = 96;

export interface EmbedOptions {
  /** Name of the model that `model.embed` asks: vectors are kept under it. */
  readonly embeddingModel: string;
  readonly model: Pick<LanguageModel, 'embed'>;
  readonly cache: VectorCache;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReportProgress | undefined;
}

/**
 * Fills the cache with the vectors of all passages of these documents. Throws what the model throws; what came before is
 * kept.
 */
export async function embedPassages(documents: readonly Document[], options: EmbedOptions): Promise<VectorUse> {
  const { embeddingModel, model, cache, signal, onProgress } = options;
  const texts = new Map(passageTexts(documents, chunkDocuments(documents)).map((text) => [keyOf(embeddingModel, text), text]));
  const missing = [...texts].filter(([key]) => !cache.has(key));
  let [inputTokens, costNanoUsd] = [0, 0];
  for (let at = 0; at < missing.length; at += TEXTS_PER_CALL) {
    signal?.throwIfAborted();
    onProgress?.({ done: at, total: missing.length, message: `Asking ${embeddingModel} for vectors of passages` });
    const batch = missing.slice(at, at + TEXTS_PER_CALL);
    const asked = batch.map(([, text]) => text);
    const { vectors, ...charged } = await model.embed(asked, 'extraction', signal).catch((cause: unknown) => {
      throw explained(cause, embeddingModel);
    });
    if (vectors.length !== batch.length) throw tooFew(embeddingModel, batch.length, vectors.length);
    cache.put(batch.map(([key], place) => [key, vectors[place] ?? new Float32Array(0)]));
    inputTokens += charged.usage.inputTokens;
    costNanoUsd += charged.costNanoUsd;
  }
  return { embeddingModel, embedded: missing.length, kept: texts.size - missing.length, inputTokens, costNanoUsd };
}

/** The vectors that the cache has of a graph's passages, in their order. */
export function passageVectors(
  { documents, chunks }: Pick<GraphSnapshot, 'documents' | 'chunks'>,
  embeddingModel: string,
  cache: VectorCache,
): PassageVectors {
  return passageTexts(documents, chunks).map((text) => cache.get(keyOf(embeddingModel, text)));
}

const keyOf = (embeddingModel: string, text: string): string => hashOf({ embeddingModel, text });

const HINT =
  'Name a model that makes embeddings, such as openai/text-embedding-3-small (or embedded/rules-1, which compares spellings and costs nothing), or build without vectors.';

/** A fault of the provider keeps its code; it is said what it stopped, and what else can be done. */
function explained(cause: unknown, embeddingModel: string): unknown {
  if (!(cause instanceof ShoalError) || cause.code === 'cancelled' || cause.code === 'budget_exceeded') return cause;
  return new ShoalError(cause.code, `${embeddingModel} gave no vectors of the passages: ${cause.message}`, {
    cause,
    details: cause.details,
    hint: HINT,
  });
}

const tooFew = (embeddingModel: string, asked: number, came: number): ShoalError =>
  new ShoalError('model_invalid_output', `${embeddingModel} was asked for ${asked} vectors and gave ${came}.`, { hint: HINT });
