// Voice: the words of posts, rendered from recipes.
export { isReport } from './frames.ts';
export { renderPost } from './render.ts';
export { inQuotes } from './wording.ts';
