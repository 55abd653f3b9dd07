// The run digest: a hash chain over committed rounds. A round's link covers the link before it, its events, the
// words of interventions and models, and every agent's state that changed (so, by induction, all state).
import { createHash } from 'node:crypto';

/** Before the first round. A constant: the digest is of what happened, and inputs show in it only by what they do. */
export const GENESIS = createHash('sha256').update('shoal world 1').digest('hex');

export function chainDigest(
  previous: string,
  events: Uint8Array,
  rows: ArrayBufferLike,
  texts: readonly { readonly seq: number; readonly text: string }[],
): string {
  const hash = createHash('sha256').update(previous, 'hex').update(events).update(new Uint8Array(rows));
  for (const { seq, text } of texts) hash.update(`${seq}:${text.length}:`).update(text, 'utf8');
  return hash.digest('hex');
}
