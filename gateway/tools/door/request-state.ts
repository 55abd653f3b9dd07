// `requestState` on its way through the client, who could change it: sealed (AES-256-GCM) together with whose it is, for
// which request, and until when. A state of somebody else, of another call, or of yesterday opens nothing.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { hashOf } from '#foundation';
import type { Json } from '../../models/exchange.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';

export interface SealedState {
  /** The upstream server's own state. */
  readonly upstream?: string;
  /** A call that waits here for its client's answers. */
  readonly parked?: string;
}

/** Whom and what a state is for. */
export interface StateScope {
  readonly principal: string;
  readonly endpoint: string;
  readonly method: string;
  readonly params: Json;
}

export interface StateSeal {
  seal(state: SealedState, scope: StateScope): string;
  /** Throws `-32602` for anything that was not sealed for this scope, or too long ago. */
  open(sealed: string, scope: StateScope): SealedState;
}

const LIFETIME_MS = 15 * 60_000;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key lives as long as the process: a state from before a restart is refused, and the call is made anew. */
export function createStateSeal(now: () => number): StateSeal {
  const key = randomBytes(32);
  return {
    seal: (state, scope) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(spelled(scope));
      const text = JSON.stringify({ ...state, untilMs: now() + LIFETIME_MS });
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open: (sealed, scope) => {
      try {
        const bytes = Buffer.from(sealed, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAAD(spelled(scope)).setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
        const { untilMs, ...state } = JSON.parse(text) as SealedState & { readonly untilMs: number };
        if (untilMs > now()) return state;
      } catch {
        // Whatever is wrong with it, it is refused in the same words.
      }
      throw new RpcError(
        RPC.invalidParams,
        'The requestState is not valid for this request, or too old. Make the call without it.',
        {
          status: 400,
        },
      );
    },
  };
}

/** The request as it was first made: what a retry adds is left out. */
function spelled({ principal, endpoint, method, params }: StateScope): Buffer {
  const { name, uri, arguments: given } = params;
  return Buffer.from(hashOf([principal, endpoint, method, name ?? uri ?? null, given ?? {}]));
}
