// The ways in which a provider can fail, what the caller should get, and what may be charged.
import type { Behaviour } from '../../fixtures/upstream/upstream.ts';
import type { Books } from './settled.ts';

export interface Fault {
  readonly name: string;
  readonly script: readonly Behaviour[];
  readonly how: 'whole' | 'streamed' | 'both';
  readonly gets: 'answer' | 'error';
  readonly books: Books;
}

/** An answer that is one event. */
export const LARGE = 'x'.repeat(1 << 20);
/** What the ends of streams look like, in the first piece of the words of a model. */
const LIKE_AN_END = `[DONE]message_stop"type":"message_stop"event:response.completed"type":"response.completed""finish_reason":"stop""finishReason":"STOP" ${'and more '.repeat(9)}`;
export const twice = (behaviour: Behaviour): readonly Behaviour[] => [behaviour, behaviour];

const FAULTS: readonly Fault[] = [
  { name: 'a refusal', script: [{ refuse: { status: 400 } }], how: 'both', gets: 'error', books: 'nothing' },
  { name: 'an outage', script: twice({ refuse: { status: 503 } }), how: 'both', gets: 'error', books: 'nothing' },
  { name: 'one stumble', script: [{ refuse: { status: 500 } }], how: 'both', gets: 'answer', books: 'told' },
  {
    name: 'a storm of 429 that says when it will be over',
    script: twice({ refuse: { status: 429, headers: { 'retry-after-ms': '20' } } }),
    how: 'both',
    gets: 'error',
    books: 'nothing',
  },
  {
    name: 'a storm of 429 that says nothing',
    script: twice({ refuse: { status: 429 } }),
    how: 'both',
    gets: 'error',
    books: 'nothing',
  },
  {
    name: 'a 429 in the middle of a storm of faults',
    script: [{ refuse: { status: 503 } }, { refuse: { status: 429, headers: { 'retry-after-ms': '1' } } }],
    how: 'both',
    gets: 'error',
    books: 'nothing',
  },
  {
    name: 'a reset before the head',
    script: twice({ stop: { at: 'before-head', how: 'reset' } }),
    how: 'both',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'a reset after the head',
    script: twice({ stop: { at: 'after-head', how: 'reset' } }),
    how: 'both',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'a reset in the middle of an event',
    script: twice({ stop: { at: 2, how: 'reset', insideEvent: true } }),
    how: 'streamed',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'a reset in the middle of a body',
    script: twice({ stop: { at: 1, how: 'reset' } }),
    how: 'whole',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'an end that comes too early',
    script: twice({ stop: { at: 2, how: 'end' } }),
    how: 'streamed',
    gets: 'error',
    books: 'reckoned',
  },
  { name: 'events split at every byte', script: [{ pieceBytes: 1 }], how: 'streamed', gets: 'answer', books: 'told' },
  {
    name: 'events split inside characters and line ends',
    script: [{ pieceBytes: 3, lineEnd: '\r\n' }],
    how: 'streamed',
    gets: 'answer',
    books: 'told',
  },
  { name: 'slow bytes', script: [{ pieceBytes: 40, pauseMs: 1 }], how: 'both', gets: 'answer', books: 'told' },
  { name: 'no usage', script: [{ usage: 'none' }], how: 'both', gets: 'answer', books: 'reckoned' },
  {
    name: 'an end that comes too early, behind words that look like one',
    script: twice({ reply: { text: LIKE_AN_END }, stop: { at: 2, how: 'end' } }),
    how: 'streamed',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'no usage, and a reset before the end',
    script: twice({ usage: 'none', stop: { at: 2, how: 'reset' } }),
    how: 'streamed',
    gets: 'error',
    books: 'reckoned',
  },
  { name: 'usage that comes late', script: [{ usage: 'late' }], how: 'streamed', gets: 'answer', books: 'told' },
  {
    name: 'one event of a megabyte',
    script: [{ reply: { text: LARGE } }],
    how: 'both',
    gets: 'answer',
    books: 'told',
  },
  {
    name: 'one event of a megabyte in pieces',
    script: [{ reply: { text: LARGE }, pieceBytes: 65_521 }],
    how: 'both',
    gets: 'answer',
    books: 'told',
  },
  {
    name: 'a reset in the middle of an event of a megabyte',
    script: twice({ reply: { text: LARGE }, stop: { at: 0, how: 'reset', insideEvent: true } }),
    how: 'streamed',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'something that is not JSON',
    script: twice({ instead: { contentType: 'application/json', body: '{"id":"x",' } }),
    how: 'whole',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'JSON of another kind',
    script: twice({ instead: { contentType: 'application/json', body: '[]' } }),
    how: 'both',
    gets: 'error',
    books: 'reckoned',
  },
  {
    name: 'a page of HTML',
    script: twice({ instead: { contentType: 'text/html', body: '<h1>Hello</h1>' } }),
    how: 'both',
    gets: 'error',
    books: 'reckoned',
  },
];

/** Each fault, for the kinds of answers that it can befall. */
export const CASES = FAULTS.flatMap((fault) =>
  (fault.how === 'both' ? (['whole', 'streamed'] as const) : [fault.how]).map((how) => [fault.name, how, fault] as const),
);
