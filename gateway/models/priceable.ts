// Below the router, where the model is known: the bound of a call's input at this model, and whether its price covers
// what is asked for at all. What it does not cover is treated as a model without a price.
import { ShoalError } from '#foundation';
import type { Step } from '../chain.ts';
import type { Attempt, ModelAnswer } from './model-call.ts';
import { unpricedService } from './prices/unpriced-service.ts';
import { boundAtModel, wireTokenBound } from './prices/wire-bound.ts';

/** Bodies with more than this beside their own bytes hold images or refer to something elsewhere. */
const PLAIN_TOKENS = 4096;

export function priceable(allowUnpriced: boolean): Step<Attempt, ModelAnswer> {
  return (next) => (attempt) => {
    const { wire } = attempt.content;
    if (wire === undefined) return next(attempt);
    const { info } = attempt.place;
    const paid = (info.price?.inputNanoUsdPerToken ?? 0) + (info.price?.outputNanoUsdPerToken ?? 0) > 0;
    const service = paid && !allowUnpriced && !attempt.principal.allowUnpriced ? unpricedService(wire.json) : undefined;
    if (service !== undefined) return Promise.reject(unpriced(info.id, service.field, service.value));
    const bytes = wire.raw?.length ?? Buffer.byteLength(JSON.stringify(wire.json));
    const plain = attempt.inputTokenBound <= bytes + PLAIN_TOKENS;
    const known = plain ? attempt.inputTokenBound : wireTokenBound(wire.json, bytes, attempt.place.name);
    const inputTokenBound = boundAtModel(known, info);
    return next(inputTokenBound === attempt.inputTokenBound ? attempt : { ...attempt, inputTokenBound });
  };
}

function unpriced(model: string, field: string, value: string): ShoalError {
  return new ShoalError('model_unpriced', `The price of ${model} does not cover \`${field}\`: ${value.slice(0, 100)}.`, {
    hint: 'Leave it out, or use a key that may call what has no known price.',
    details: { model, field },
  });
}
