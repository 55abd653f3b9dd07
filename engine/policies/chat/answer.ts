// An answer being put together: sentences with the events and spans that they lean on, in the speaker's person.
import { capital } from '../../population/index.ts';
import type { ChatFacts, ChatWords } from './facts.ts';

export interface Answer {
  say(text: string): Answer;
  lean(reference: { readonly event?: number | undefined; readonly source?: number | undefined }): Answer;
  done(): ChatWords;
}

export function newAnswer(): Answer {
  const sentences: string[] = [];
  const events: number[] = [];
  const spans: number[] = [];
  const answer: Answer = {
    say: (text) => {
      if (text !== '') sentences.push(text);
      return answer;
    },
    lean: ({ event, source }) => {
      if (event !== undefined) events.push(event);
      if (source !== undefined) spans.push(source);
      return answer;
    },
    done: () => ({ text: sentences.join(' '), events: [...new Set(events)], spans: [...new Set(spans)] }),
  };
  return answer;
}

/** The speaker's pronouns: a body is "we". */
export const wordsFor = ({ self }: ChatFacts) =>
  self.body
    ? ({ I: 'We', i: 'we', am: 'are', was: 'were', my: 'our', My: 'Our', me: 'us' } as const)
    : ({ I: 'I', i: 'I', am: 'am', was: 'was', my: 'my', My: 'My', me: 'me' } as const);

export const bare = (text: string): string => text.trim().replace(/[\s.]+$/, '');
/** A whole sentence with one mark at its end. */
export const sentence = (text: string): string =>
  /[.!?…]["”’]?$/.test(text.trim()) ? capital(text.trim()) : `${capital(bare(text))}.`;

/** Varies with the conversation, never between two runs of the same one. */
export const vary = (facts: ChatFacts, list: readonly string[]): string =>
  list[(facts.self.agent + 3 * facts.history.length + facts.message.length) % list.length] ?? '';
