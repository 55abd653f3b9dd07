// Voice: the words of posts, rendered from recipes.
export { renderPost } from './render.ts';
