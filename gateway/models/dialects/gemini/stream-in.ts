// Gemini's stream: each event is a whole generateContent answer that holds the next pieces. There is no closing event;
// the answer is complete when every candidate has told why it stopped.
import { randomUUID } from 'node:crypto';
import type { Json, ModelEvent, Part } from '../../exchange.ts';
import type { StreamDecoder } from '../dialect.ts';
import { brokenStream, countIn, eventJson, objectIn, objectsIn, readAnswer, secondsNow, textIn } from '../reading.ts';
import { readLogprobs } from './logprobs.ts';
import { partsOf } from './parts-in.ts';
import { finishReasonOf, isBlocked, newCallIds } from './response.ts';
import { usageFrom } from './usage.ts';

const API = 'Gemini';

interface Candidate {
  calls: number;
  done: boolean;
}

export function createStreamDecoder(): StreamDecoder {
  const candidates = new Map<number, Candidate>();
  const ids = newCallIds();
  let started = false;
  let finished = false;

  function pieces(json: Json): readonly ModelEvent[] {
    const choice = countIn(json, 'index');
    const candidate = candidates.get(choice) ?? { calls: 0, done: false };
    candidates.set(choice, candidate);
    const events: ModelEvent[] = [];
    const logprobs = readLogprobs(json['logprobsResult']);
    const content = objectsIn(objectIn(json, 'content') ?? {}, 'parts');
    const parts = readAnswer(API, () => partsOf(content, 'content.parts', ids, []));
    for (const part of parts) events.push(...eventsOf(part, choice, candidate));
    if (logprobs !== undefined) withLogprobs(events, choice, logprobs);
    const reason = textIn(json, 'finishReason');
    if (reason !== undefined && !candidate.done) {
      candidate.done = true;
      events.push({ kind: 'choice-end', choice, finishReason: finishReasonOf(reason, candidate.calls > 0) });
    }
    return events;
  }

  return {
    get finished() {
      return finished;
    },
    take(event) {
      const json = eventJson(API, event.data);
      const error = objectIn(json, 'error');
      if (error !== undefined) {
        throw brokenStream(API, `ends with an error: ${textIn(error, 'message') ?? 'no message'}`, textIn(error, 'status') ?? '');
      }
      if (!Array.isArray(json['candidates']) && !isBlocked(json) && objectIn(json, 'usageMetadata') === undefined) {
        throw brokenStream(API, 'holds an event without candidates');
      }
      if (finished) return [];
      const events: ModelEvent[] = [];
      if (!started) {
        started = true;
        events.push({
          kind: 'start',
          id: textIn(json, 'responseId') ?? randomUUID(),
          model: textIn(json, 'modelVersion') ?? '',
          created: secondsNow(),
        });
      }
      for (const candidate of objectsIn(json, 'candidates')) events.push(...pieces(candidate));
      const blocked = isBlocked(json) && candidates.size === 0;
      if (blocked) events.push({ kind: 'choice-end', choice: 0, finishReason: 'content-filter' });
      const usage = usageFrom(json['usageMetadata']);
      finished = blocked || (candidates.size > 0 && [...candidates.values()].every(({ done }) => done));
      // Counts stand in every chunk; the last ones are the whole.
      if (usage !== undefined && finished) events.push({ kind: 'usage', usage });
      if (finished) events.push({ kind: 'end' });
      return events;
    },
  };
}

function eventsOf(part: Part, choice: number, candidate: Candidate): readonly ModelEvent[] {
  switch (part.kind) {
    case 'text':
      return [{ kind: 'text-delta', choice, text: part.text }];
    case 'thinking':
      return [
        ...(part.text === '' ? [] : [{ kind: 'thinking-delta' as const, choice, text: part.text }]),
        ...(part.signature === undefined ? [] : [{ kind: 'thinking-end' as const, choice, signature: part.signature }]),
      ];
    case 'tool-call': {
      const index = candidate.calls++;
      return [
        { kind: 'tool-call-start', choice, index, id: part.id, name: part.name },
        { kind: 'tool-call-delta', choice, index, arguments: part.arguments },
      ];
    }
    default:
      return [];
  }
}

function withLogprobs(events: ModelEvent[], choice: number, logprobs: Json): void {
  const at = events.findIndex((event) => event.kind === 'text-delta');
  const first = events[at];
  if (first?.kind === 'text-delta') events[at] = { ...first, logprobs };
  else events.push({ kind: 'text-delta', choice, text: '', logprobs });
}
