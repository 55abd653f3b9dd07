// What a person has said so far about a fork, and the request that it makes. Pure.
import type { ForkRequest, InjectRequest, RunView } from '#api/contract';
import { isNews, NO_NEWS } from '../shared/news-fields.tsx';

export interface ForkDraft {
  readonly news: InjectRequest;
  readonly path: string;
  readonly value: string;
  readonly rounds: number | undefined;
  readonly seed: number | undefined;
  readonly leaving: string;
  readonly joining: number | undefined;
  readonly dropLaterNews: boolean;
}

export const EMPTY_DRAFT: ForkDraft = {
  news: NO_NEWS,
  path: '',
  value: '',
  rounds: undefined,
  seed: undefined,
  leaving: '',
  joining: undefined,
  dropLaterNews: false,
};

/** Only what was said: everything else goes on as it was. */
export function requestOf(draft: ForkDraft, round: number): ForkRequest {
  const { news, path, value, rounds, seed, leaving, joining, dropLaterNews } = draft;
  const text = value.trim();
  const set = {
    ...(path.trim() === '' || text === '' ? {} : { [path.trim()]: Number.isFinite(Number(text)) ? Number(text) : text }),
    ...(rounds === undefined ? {} : { 'clock.rounds': rounds }),
  };
  const numbers = leaving
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  return {
    round,
    ...(isNews(news) ? { inject: [{ ...news, text: news.text.trim() }] } : {}),
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(seed === undefined ? {} : { seed }),
    ...(numbers.length === 0 ? {} : { removeAgents: numbers }),
    ...(joining === undefined ? {} : { addAgents: joining }),
    ...(dropLaterNews ? { dropLaterNews } : {}),
  };
}

/** Nothing would be left to live. */
export const isLastRound = (run: RunView, round: number, { rounds }: ForkDraft): boolean => round + 1 >= (rounds ?? run.rounds);

/** Whether the fork would differ in anything. */
export const isUnchanged = (draft: ForkDraft): boolean => Object.keys(requestOf(draft, 0)).length === 1;
