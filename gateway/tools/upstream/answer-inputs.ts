// A legacy client at a modern server: the server's results that ask for input become questions to the waiting client, and
// the call is made again with the answers, as the modern revision has it.
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';
import { checkAskable } from './caller.ts';
import type { UpstreamCall } from './connection.ts';
import { serverFault } from './server-fault.ts';

/** A server that is never content must not keep a client answering. */
const MAX_ROUNDS = 16;

export const asksForInput = (result: Json): boolean => result['resultType'] === 'input_required';

/** Throws `tool_failed` where the server asks again and again, and the client's refusals. */
export async function answerInputs(call: UpstreamCall, send: (call: UpstreamCall) => Promise<Json>): Promise<Json> {
  let params = call.params;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = await send({ ...call, params });
    if (!asksForInput(result)) return result;
    const { inputRequests, requestState } = result;
    const inputResponses: Record<string, Json> = {};
    for (const [key, request] of Object.entries(isJson(inputRequests) ? inputRequests : {})) {
      const { method, params: asked } = isJson(request) ? request : {};
      if (typeof method !== 'string')
        throw new RpcError(RPC.internal, 'The server asked for input in a form that cannot be read.');
      const question = isJson(asked) ? asked : {};
      checkAskable(call.caller, method, question);
      inputResponses[key] = await call.caller.ask(method, question, call.signal);
    }
    const { inputResponses: _answered, requestState: _former, ...original } = params;
    params = { ...original, inputResponses, ...(requestState === undefined ? {} : { requestState }) };
  }
  throw serverFault(`The server asked for input ${MAX_ROUNDS} times in one call.`);
}
