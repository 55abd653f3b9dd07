// Whether a call meets a target's condition. The content is read only where a condition asks for tools or images.
import type { ModelCall } from '../model-call.ts';
import type { Condition } from './settings.ts';

export function meets(call: ModelCall, condition: Condition): boolean {
  const { tags, teams, users, runs, inRun, stages, minInputTokens, maxInputTokens, hasTools, hasImages } = condition;
  const { principal, runId, stage, inputTokenBound } = call;
  return (
    (tags === undefined || carries(call.tags, tags)) &&
    oneOf(teams, principal.team) &&
    oneOf(users, principal.user) &&
    oneOf(runs, runId) &&
    (inRun === undefined || inRun === (runId !== undefined)) &&
    (stages === undefined || stages.includes(stage)) &&
    (minInputTokens === undefined || inputTokenBound >= minInputTokens) &&
    (maxInputTokens === undefined || inputTokenBound <= maxInputTokens) &&
    (hasTools === undefined || hasTools === callHasTools(call)) &&
    (hasImages === undefined || hasImages === callHasImages(call))
  );
}

export function carries(tags: readonly string[] | undefined, wanted: readonly string[]): boolean {
  return wanted.every((tag) => tags?.includes(tag) === true);
}

function oneOf(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

function callHasTools(call: ModelCall): boolean {
  return call.operation === 'generate' && call.content.request().tools.length > 0;
}

function callHasImages(call: ModelCall): boolean {
  if (call.operation !== 'generate') return false;
  return call.content
    .request()
    .messages.some(({ parts }) =>
      parts.some(
        (part) => part.kind === 'image' || (part.kind === 'tool-result' && part.content.some((inner) => inner.kind === 'image')),
      ),
    );
}
