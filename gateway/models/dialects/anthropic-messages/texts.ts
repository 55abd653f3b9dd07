// The texts of requests and answers. Thoughts are left alone: a changed one no longer fits its signature, and one
// without was had about texts that were checked. So are the results of Anthropic's own web search, which are sealed.
import type { Json } from '../../exchange.ts';
import { changeArgumentsAt } from '../argument-texts.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { changeListAt, changeObjectAt, changeTextAt } from '../texts.ts';

function changeContent(json: Json, key: string, role: TextSlot['role'], change: ChangeText): Json {
  if (typeof json[key] === 'string') return changeTextAt(json, key, role, change);
  return changeListAt(json, key, (block) => changeBlock(block, role, change));
}

/** What sources hold: a text, or blocks of text. */
function changeSource(json: Json, role: TextSlot['role'], change: ChangeText): Json {
  if (typeof json['content'] === 'string') return changeTextAt(json, 'content', role, change);
  return changeListAt(json, 'content', (block) => changeTextAt(block, 'text', role, change));
}

function changeBlock(block: Json, role: TextSlot['role'], change: ChangeText): Json {
  switch (block['type']) {
    case 'text':
      // A citation repeats the words of its source.
      return changeListAt(changeTextAt(block, 'text', role, change), 'citations', (citation) =>
        changeTextAt(changeTextAt(citation, 'cited_text', role, change), 'document_title', role, change),
      );
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return changeArgumentsAt(block, 'input', 'assistant', change);
    case 'tool_result':
    case 'mcp_tool_result':
      // Results hold no results.
      return role === 'tool' ? block : changeContent(block, 'content', 'tool', change);
    case 'code_execution_tool_result':
    case 'bash_code_execution_tool_result':
    case 'text_editor_code_execution_tool_result':
      return changeObjectAt(block, 'content', (ran) =>
        ['stdout', 'stderr', 'content'].reduce((after, key) => changeTextAt(after, key, 'tool', change), ran),
      );
    case 'search_result':
      return changeSource(changeTextAt(block, 'title', role, change), role, change);
    case 'document':
      return changeObjectAt(withAbout(block, role, change), 'source', (source) => {
        if (source['type'] === 'text') return changeTextAt(source, 'data', role, change);
        return source['type'] === 'content' ? changeSource(source, role, change) : source;
      });
    default:
      return block;
  }
}

/** What a caller says about a document beside it. */
function withAbout(block: Json, role: TextSlot['role'], change: ChangeText): Json {
  return changeTextAt(changeTextAt(block, 'title', role, change), 'context', role, change);
}

export function withRequestTexts(json: Json, change: ChangeText): Json {
  return changeListAt(changeContent(json, 'system', 'system', change), 'messages', (message) => {
    const { role } = message;
    return changeContent(message, 'content', role === 'assistant' || role === 'system' ? role : 'user', change);
  });
}

export function withResponseTexts(json: Json, change: ChangeText): Json {
  return changeContent(json, 'content', 'assistant', change);
}
