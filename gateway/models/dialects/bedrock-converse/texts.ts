// The texts of requests and answers; thoughts, whose signature would no longer fit (and those without one, which the
// model had about texts that were checked), are left alone.
import type { Json } from '../../exchange.ts';
import { changeArgumentsAt } from '../argument-texts.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { changeListAt, changeObjectAt, changeTextAt } from '../texts.ts';

type Role = TextSlot['role'];

const changeBlocks = (json: Json, key: string, role: Role, change: ChangeText): Json =>
  changeListAt(json, key, (block) => changeBlock(block, role, change));

function changeBlock(block: Json, role: Role, change: ChangeText): Json {
  let after = changeTextAt(block, 'text', role, change);
  after = changeObjectAt(after, 'guardContent', (guarded) =>
    changeObjectAt(guarded, 'text', (text) => changeTextAt(text, 'text', role, change)),
  );
  after = changeObjectAt(after, 'citationsContent', (cited) =>
    changeListAt(
      changeListAt(cited, 'content', (item) => changeTextAt(item, 'text', role, change)),
      'citations',
      // A citation repeats the words of its source.
      (citation) => changeListAt(citation, 'sourceContent', (piece) => changeTextAt(piece, 'text', role, change)),
    ),
  );
  after = changeObjectAt(after, 'document', (document) =>
    changeObjectAt(changeTextAt(document, 'context', role, change), 'source', (source) => {
      const whole = changeTextAt(source, 'text', role, change);
      return changeListAt(whole, 'content', (piece) => changeTextAt(piece, 'text', role, change));
    }),
  );
  // Results hold texts, documents and JSON, but no calls and no results.
  if (role === 'tool') return changeArgumentsAt(after, 'json', role, change);
  after = changeObjectAt(after, 'toolUse', (use) => changeArgumentsAt(use, 'input', 'assistant', change));
  return changeObjectAt(after, 'toolResult', (result) => changeBlocks(result, 'content', 'tool', change));
}

export function withRequestTexts(json: Json, change: ChangeText): Json {
  return changeListAt(changeBlocks(json, 'system', 'system', change), 'messages', (message) =>
    changeBlocks(message, 'content', message['role'] === 'assistant' ? 'assistant' : 'user', change),
  );
}

export function withResponseTexts(json: Json, change: ChangeText): Json {
  return changeObjectAt(json, 'output', (output) =>
    changeObjectAt(output, 'message', (message) => changeBlocks(message, 'content', 'assistant', change)),
  );
}
