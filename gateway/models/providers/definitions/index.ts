// All providers that are known by name, in the order in which they are listed.
import type { ProviderDefinition } from '../definition.ts';
import { ANTHROPIC } from './anthropic.ts';
import { AZURE_OPENAI } from './azure-openai.ts';
import { BEDROCK } from './bedrock.ts';
import { DEEPSEEK } from './deepseek.ts';
import { FIREWORKS } from './fireworks.ts';
import { GEMINI } from './gemini.ts';
import { GROQ } from './groq.ts';
import { MISTRAL } from './mistral.ts';
import { OLLAMA } from './ollama.ts';
import { OPENAI } from './openai.ts';
import { OPENROUTER } from './openrouter.ts';
import { QWEN } from './qwen.ts';
import { TOGETHER } from './together.ts';
import { XAI } from './xai.ts';

export const DEFINITIONS: readonly ProviderDefinition[] = [
  OPENAI,
  ANTHROPIC,
  GEMINI,
  AZURE_OPENAI,
  BEDROCK,
  OPENROUTER,
  GROQ,
  MISTRAL,
  DEEPSEEK,
  QWEN,
  XAI,
  TOGETHER,
  FIREWORKS,
  OLLAMA,
];
