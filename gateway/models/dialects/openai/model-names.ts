// What a model's name tells of the fields that it takes. OpenAI refuses fields that it does not know, and its
// reasoning models refuse some that all others take; compatible servers ignore what they do not know.

/** The open-weight gpt-oss models are served by others. */
const OPENAI = /(?:^|\/)(?:gpt-(?!oss)|chatgpt-|o\d|codex-)/;
const REASONING = /(?:^|\/)(?:o\d|codex-|gpt-(?:[5-9]|[1-9]\d)(?!.*-chat))/;

export function isOpenAiModel(name: string): boolean {
  return OPENAI.test(name);
}

/** One of OpenAI's own that thinks before it answers. */
export function isOpenAiReasoningModel(name: string): boolean {
  return REASONING.test(name);
}
