// Spans and steps as bars: where each begins and how long it is, as shares of the whole call.
import type { RequestDetailView } from '#api/contract';

type Span = RequestDetailView['spans'][number];

export interface Bar {
  readonly name: string;
  readonly kind: 'call' | 'attempt' | 'step';
  readonly durationMs: number;
  /** 0 to 1. */
  readonly start: number;
  readonly share: number;
  readonly failure: string | undefined;
  /** Why it was made, by which key, and what came of it. */
  readonly course: string | undefined;
}

const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)));

/** The call itself, then its attempts in the order they were made. */
export function barsOfSpans(spans: readonly Span[]): readonly Bar[] {
  const whole = Math.max(0, ...spans.map((span) => span.startMs + span.durationMs));
  return spans.map((span, place) => {
    const attempt = span.attributes['shoal.attempt'];
    return {
      name: place === 0 ? 'The whole call' : `Attempt ${String(attempt ?? place)}: ${modelOf(span)}`,
      kind: place === 0 ? 'call' : 'attempt',
      durationMs: span.durationMs,
      start: share(span.startMs, whole),
      share: share(span.durationMs, whole),
      failure: span.errorType,
      course: place === 0 ? undefined : courseOf(span),
    };
  });
}

function courseOf({ attributes }: Span): string | undefined {
  const { 'shoal.attempt.key': key, 'shoal.attempt.course': course } = attributes;
  const said = [
    ...(course === undefined ? [] : [sentence(String(course))]),
    ...(key === undefined ? [] : [`By the key ${String(key)}.`]),
  ];
  return said.length === 0 ? undefined : said.join(' ');
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function modelOf({ name, attributes }: Span): string {
  const model = attributes['gen_ai.request.model'];
  const provider = attributes['gen_ai.provider.name'];
  if (typeof model !== 'string') return name;
  return typeof provider === 'string' ? `${model} at ${provider}` : model;
}

/** Each step's own time, one after another as the call goes down the chain. */
export function barsOfSteps(steps: Readonly<Record<string, number>>): readonly Bar[] {
  const whole = Object.values(steps).reduce((sum, ms) => sum + ms, 0);
  let before = 0;
  return Object.entries(steps).map(([name, durationMs]) => {
    const start = share(before, whole);
    before += durationMs;
    return { name, kind: 'step', durationMs, start, share: share(durationMs, whole), failure: undefined, course: undefined };
  });
}
