// `shoal agent`: one agent as of a round: where it stands, what moved it, what it remembers and what it has before it.
import type { AgentFeedView } from '#api/contract';
import { toShoalError } from '#foundation';
import { feedView } from '../../views/feed-view.ts';
import { agentView, checkAgent, roundOf } from '../../views/world-view.ts';
import { agentNamed } from '../agent-named.ts';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';

const WIDEST = 100;

export async function showAgent(context: CommandContext, options: { readonly at?: number }, id = '', who = ''): Promise<void> {
  await withSystem(context, ({ runs }) => {
    const record = runs.record(id);
    const agent = agentNamed(record, who);
    checkAgent(record, agent);
    const round = roundOf(record, options.at);
    const view = agentView(record, agent, round);
    const feed = round < 0 ? NO_FEED : feedOf(() => feedView(record, agent, round, runs.past(id, round)));
    const { persona, stances, reasons, memory } = view;
    const lines = [
      `${persona.name} (@${persona.handle}), ${persona.occupation}, ${persona.community}; ${round < 0 ? 'before the first round' : `as of round ${round}`}${view.present ? '' : ', when it was not there'}`,
      '',
      ...stances.map(
        ({ label, opinion, before, certainty }) =>
          `stands at ${signed(opinion)} on “${label}” (began at ${signed(before)}), ${Math.round(100 * certainty)} % certain`,
      ),
      ...titled(
        'what moved it',
        reasons.map(
          ({ round: when, change, post }) =>
            `${when}  ${signed(change)}  ${post === undefined ? '' : `after ${post.authorName}: ${post.text}`}`,
        ),
      ),
      ...titled(
        'what it remembers',
        memory.map(({ round: when, text }) => `${when}  ${text}`),
      ),
      ...titled(
        feed.view?.active === true
          ? `what it saw on the ${feed.view.platform}`
          : `what it would have seen on the ${feed.view?.platform ?? ''}`,
        (feed.view?.posts ?? []).map(({ source, post }) => `${source}  ${post.authorName}: ${post.text}`),
      ),
      ...(feed.without === undefined ? [] : ['', feed.without]),
    ];
    context.output.result({ ...view, feed: feed.view }, lines.join('\n'));
  });
}

interface Feed {
  readonly view?: AgentFeedView;
  /** Why there is none, in a sentence. */
  readonly without?: string;
}
const NO_FEED: Feed = {};

/** The rest of an agent can be shown where there is no feed, or none that this engine could show. */
function feedOf(look: () => AgentFeedView): Feed {
  try {
    return { view: look() };
  } catch (error) {
    const { code, message } = toShoalError(error);
    if (code === 'not_found' || code === 'conflict') return { without: message };
    throw error;
  }
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;

const titled = (title: string, rows: readonly string[]): readonly string[] =>
  rows.length === 0
    ? []
    : ['', `${title}:`, ...rows.map((row) => `  ${row.length > WIDEST ? `${row.slice(0, WIDEST - 1)}…` : row}`)];
