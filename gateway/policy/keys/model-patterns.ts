// Which models a key may call. A pattern is a name in which `*` stands for any text. A list that names models in full
// (`openai/*`) holds for the model that is called in the end, however the caller named it; a list of nothing but
// group names (`fast`) says what may be asked for and leaves the group its choice. The lists of a key, its team and
// its user are each asked for themselves: a key for `fast` in a team for `openai/*` reaches what `fast` has of OpenAI.
import type { Principal } from '../../contract.ts';

/** Two pointers and one place to go back to: no regular expression is made of what a person wrote. */
export function matchesPattern(pattern: string, name: string): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
  while (index < name.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (pattern[at] === name[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

const isQualified = (name: string): boolean => name.includes('/');
const listsModels = (list: readonly string[]): boolean => list.some((pattern) => isQualified(pattern));
const matchesOne = (list: readonly string[], name: string): boolean => list.some((pattern) => matchesPattern(pattern, name));

const allow = (principal: Principal, allows: (list: readonly string[]) => boolean): boolean =>
  (principal.models === undefined || allows(principal.models)) && (principal.narrowedBy?.every(allows) ?? true);

/**
 * Whether this name may be asked for; also what a list of models shows. A group, alias or bare name may stand for any
 * model, so where a list names models in full, `permits` decides later.
 */
export function mayAsk(principal: Principal, asked: string): boolean {
  if (principal.models === undefined && principal.narrowedBy === undefined) return true;
  return allow(principal, (list) => matchesOne(list, asked) || (!isQualified(asked) && listsModels(list)));
}

/** Whether a call that may be asked for can reach this model (`provider/name`): the router asks before each target. */
export function permits(principal: Principal, modelId: string): boolean {
  if (principal.models === undefined && principal.narrowedBy === undefined) return true;
  return allow(principal, (list) => matchesOne(list, modelId) || !listsModels(list));
}
