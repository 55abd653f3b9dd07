// The texts of requests and answers; thoughts, whose signature would no longer fit (and those without one, which the
// model had about texts that were checked), are left alone.
import type { Json } from '../../exchange.ts';
import { changeArgumentsAt } from '../argument-texts.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { changeListAt, changeObjectAt, changeTextAt } from '../texts.ts';

const changeParts = (content: Json, role: TextSlot['role'], change: ChangeText): Json =>
  changeListAt(content, 'parts', (part) => {
    if (part['thought'] === true) return part;
    let after = changeTextAt(part, 'text', role, change);
    after = changeObjectAt(after, 'functionCall', (call) => changeArgumentsAt(call, 'args', 'assistant', change));
    after = changeObjectAt(after, 'executableCode', (run) => changeTextAt(run, 'code', 'assistant', change));
    after = changeObjectAt(after, 'codeExecutionResult', (result) => changeTextAt(result, 'output', 'tool', change));
    return changeObjectAt(after, 'functionResponse', (result) => changeArgumentsAt(result, 'response', 'tool', change));
  });

export function withRequestTexts(json: Json, change: ChangeText): Json {
  const after = changeObjectAt(json, 'systemInstruction', (content) => changeParts(content, 'system', change));
  return changeListAt(after, 'contents', (content) =>
    changeParts(content, content['role'] === 'model' ? 'assistant' : 'user', change),
  );
}

export function withResponseTexts(json: Json, change: ChangeText): Json {
  return changeListAt(json, 'candidates', (candidate) =>
    changeObjectAt(candidate, 'content', (content) => changeParts(content, 'assistant', change)),
  );
}
