// Every API that there is a folder for.
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Dialect, DialectId } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';

export const ALL_DIALECTS: Readonly<Record<DialectId, Dialect>> = {
  'openai-chat': openAiChat,
  'openai-responses': openAiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'bedrock-converse': bedrockConverse,
};
