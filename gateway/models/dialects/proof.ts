// Signatures and sealed thoughts are proofs that only the API which made them can read; any other refuses the request
// that carries them. In the common form each is marked with its maker, so that a conversation may move between APIs:
// the client carries foreign proofs for us, and only their maker is ever shown them.
const MAKERS = ['anthropic', 'bedrock', 'gemini', 'openai'] as const;
export type ProofMaker = (typeof MAKERS)[number];

export const isMarked = (text: string): boolean => MAKERS.some((maker) => text.startsWith(`${maker}:`));

/** As read from a client or a provider of `maker`'s API. A client may hand back a proof of another maker. */
export function proofFromWire(maker: ProofMaker, text: string): string {
  return isMarked(text) ? text : `${maker}:${text}`;
}

/** As written to a client of `maker`'s API. */
export function proofForClient(maker: ProofMaker, proof: string): string {
  return proof.startsWith(`${maker}:`) ? proof.slice(maker.length + 1) : proof;
}

/** As written to a provider; undefined = not this provider's own. */
export function proofForProvider(maker: ProofMaker, proof: string | undefined): string | undefined {
  return proof?.startsWith(`${maker}:`) === true ? proof.slice(maker.length + 1) : undefined;
}

/** As in a field of base64 bytes, which clients decode and encode again: a foreign proof travels as bytes itself. */
export function proofFromBytes(maker: ProofMaker, base64: string): string {
  const text = Buffer.from(base64.slice(0, LONGEST_MARK_BASE64), 'base64').toString('latin1');
  return isMarked(text) ? Buffer.from(base64, 'base64').toString('utf8') : `${maker}:${base64}`;
}
const LONGEST_MARK_BASE64 = 16;

export function bytesForClient(maker: ProofMaker, proof: string): string {
  return proof.startsWith(`${maker}:`) ? proof.slice(maker.length + 1) : Buffer.from(proof, 'utf8').toString('base64');
}
