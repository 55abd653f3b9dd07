// English tokens and parts of speech from wink-nlp, loaded at most once in a process: wink writes into its model
// object while loading, so a second load doubles the model's tables until it fails. Loading takes about 0.3 s, which
// is why this stands apart from the index: only who reads English pays for it. Reading itself keeps no state.
import createWink, { type WinkMethods } from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

let loaded: WinkMethods | undefined;

/** Sentence boundaries and parts of speech (Penn-like universal tags, about 91 % right on news). */
export function english(): WinkMethods {
  return (loaded ??= createWink(model, ['sbd', 'pos']));
}
