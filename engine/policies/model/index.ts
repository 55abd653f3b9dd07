// Model policy: decisions of a language model for chosen agents.
export { decideByModel } from './decide.ts';
