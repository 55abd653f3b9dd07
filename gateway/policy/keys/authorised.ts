// The step that asks whether this caller may make this call. It stands first: nothing is reserved, cached or looked
// into for a call that is not allowed.
import { ShoalError } from '#foundation';
import type { Step } from '../../chain.ts';
import type { Principal } from '../../contract.ts';
import type { ModelAnswer, ModelCall } from '../../models/model-call.ts';
import { holdsScope } from '../principal.ts';
import { mayAsk } from './model-patterns.ts';

/** Fails a call with `forbidden` before anything is done for it. */
export function authorised(): Step<ModelCall, ModelAnswer> {
  return (next) => (call) => {
    const { principal, asked } = call;
    if (!holdsScope(principal, 'invoke')) return Promise.reject(lacksInvoke(principal, 'models'));
    return mayAsk(principal, asked) ? next(call) : Promise.reject(modelForbidden(principal, asked));
  };
}

/** Also for the router, where no target of a group is permitted. */
export function modelForbidden({ name, models, narrowedBy = [] }: Principal, model: string): ShoalError {
  const patterns = [models ?? [], ...narrowedBy].flat();
  return new ShoalError('forbidden', `The key “${name}” may not call ${model.slice(0, 200)}.`, {
    hint: `Ask for a model that its lists allow (${patterns.join(', ')}), or have an administrator change them.`,
    details: { model: model.slice(0, 200) },
  });
}

export function lacksInvoke({ name }: Principal, what: 'models' | 'tools'): ShoalError {
  return new ShoalError('forbidden', `The key “${name}” may not call ${what}: it lacks the scope \`invoke\`.`, {
    hint: 'Use a key with the scope `invoke`, or have an administrator add it.',
  });
}
