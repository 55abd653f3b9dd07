// The words of a post from its recipe: the same recipe, the same words, on every machine and at any time, so the record
// need not keep them. Invariant: a microblog post has at most 280 characters; no reader finds a broken sentence.
import type { PostRecipe } from '../../contract.ts';
import { handleOf } from '../../population/index.ts';
import { answer, statement } from './compose.ts';
import type { Part } from './compose.ts';
import { speakerOf } from './speaker.ts';
import type { Speaker, VoiceWorld } from './speaker.ts';
import { hashtag, quoted, sentence, shortened } from './wording.ts';

const MICROBLOG_LIMIT = 280;

/** Renders one post. Pure in (population.seed, recipe) and the points given. */
export function renderPost(world: VoiceWorld, recipe: PostRecipe): string {
  const points = world.points ?? world.population.talkingPoints;
  const text = recipe.point === undefined ? undefined : points[recipe.point]?.text;
  if (recipe.kind === 'inject') return text ?? '';
  if (recipe.kind === 'repost') return shared(world, recipe, text);
  const speaker = speakerOf(world, recipe);
  const parts = recipe.kind === 'reply' || recipe.kind === 'quote' ? answer(speaker) : statement(speaker);
  return recipe.platformKind === 'microblog' ? short(speaker, parts) : finish(speaker, join(parts));
}

const join = (parts: readonly Part[]): string =>
  parts
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' ');

/** Leaves out what may be left out, last first, until the post fits. */
function short(speaker: Speaker, parts: readonly Part[]): string {
  const { recipe, phrases } = speaker;
  const address =
    recipe.kind === 'reply' && recipe.parent?.agent !== undefined && speaker.draw(60) < 0.3
      ? `@${handleOf(speaker.population, recipe.parent.agent)} `
      : '';
  const keep = [...parts];
  const room = MICROBLOG_LIMIT - address.length;
  while (join(keep).length > room) {
    const droppable = keep.findLastIndex((part) => !part.need);
    if (droppable < 0) break;
    keep.splice(droppable, 1);
  }
  let text = join(keep);
  // Needed parts alone can be too long where a long text is quoted: then the quotation goes by itself.
  if (text.length > room)
    text = shortened(speaker.point === undefined ? phrases.torn.join(' ') : quoted(speaker.point.text), room);
  const tag = recipe.kind === 'post' && speaker.draw(61) < tagShare(speaker) ? tagOf(speaker) : '';
  const tagged = tag === '' || text.length + tag.length + 1 > room ? finish(speaker, text) : `${finish(speaker, text)} ${tag}`;
  return `${address}${tagged}`;
}

/** The name of an answer or the call of a campaign makes a tag; what is left of "will it go through?" does not. */
const tagOf = ({ issue, rivals }: Speaker): string =>
  rivals || /\bshould\b/i.test(issue.proposition) ? hashtag(issue.label) : '';

const tagShare = ({ register }: Speaker): number =>
  register === 'casual' || register === 'heated'
    ? 0.3
    : register === 'corporate' || register === 'journalistic'
      ? 0.35
      : register === 'formal'
        ? 0.05
        : 0.16;

/** Habits of typing: some leave out the last full stop, some shout it. */
function finish(speaker: Speaker, text: string): string {
  if (!text.endsWith('.') || text.endsWith('..')) return text;
  if (speaker.register === 'casual' && speaker.draw(62) < 0.4) return text.slice(0, -1);
  if (speaker.register === 'heated' && speaker.strong && speaker.draw(62) < 0.3) return `${text.slice(0, -1)}!`;
  return text;
}

/** A repost has no words of its own: it names whose words it passes on. */
function shared(world: VoiceWorld, recipe: PostRecipe, text: string | undefined): string {
  const author = recipe.parent?.agent;
  const from = author === undefined ? 'Shared' : `Shared from @${handleOf(world.population, author)}`;
  return text === undefined ? `${from}.` : `${from}: ${sentence(shortened(text, MICROBLOG_LIMIT - from.length - 4))}`;
}
