// What a Claude model takes, by its name, as far as Anthropic's model pages tell it (read in November 2026). A request
// that was written for another API must not fail because a model refuses a setting that it has no use for. Models of
// others behind this API are taken to understand the oldest form of it.
export interface ModelTraits {
  /** `output_config.format`; without it a forced tool carries the answer's form. */
  readonly structuredOutput: boolean;
  /** `thinking: {type: 'adaptive'}` with `output_config.effort`. */
  readonly adaptiveThinking: boolean;
  /** `thinking: {type: 'enabled', budget_tokens}`. */
  readonly thinkingBudget: boolean;
  readonly thinkingCanBeOff: boolean;
  readonly xhighEffort: boolean;
  /** `temperature`, `top_p`, `top_k`. */
  readonly sampling: boolean;
  /** `tool_choice` of `any` and `tool`. */
  readonly forcedTools: boolean;
}

const FIRST: ModelTraits = {
  structuredOutput: false,
  adaptiveThinking: false,
  thinkingBudget: true,
  thinkingCanBeOff: true,
  xhighEffort: false,
  sampling: true,
  forcedTools: true,
};
const STRUCTURED: ModelTraits = { ...FIRST, structuredOutput: true };
const ADAPTIVE: ModelTraits = { ...STRUCTURED, adaptiveThinking: true };
const CURRENT: ModelTraits = { ...ADAPTIVE, xhighEffort: true, sampling: false };
const ALWAYS_THINKING: ModelTraits = { ...CURRENT, thinkingBudget: false, thinkingCanBeOff: false };

const RULES: readonly (readonly [RegExp, ModelTraits])[] = [
  [/claude-(?:sonnet|opus)-5-5|claude-fable-5-[12]/, { ...ALWAYS_THINKING, forcedTools: false }],
  [/claude-fable-5/, ALWAYS_THINKING],
  [/claude-haiku-5-5/, { ...CURRENT, thinkingBudget: false }],
  [/claude-(?:sonnet|opus)-4-6/, ADAPTIVE],
  [/claude-(?:sonnet|opus|haiku)-4-5|claude-opus-4-1/, STRUCTURED],
  [/claude-(?:sonnet|opus)-4-[78](?!\d)/, CURRENT],
  [/claude-(?:instant|v?2|3|(?:sonnet|opus|haiku)-4)(?=$|[-.:@])/, FIRST],
  [/claude/, CURRENT],
];

export function traitsOf(model: string): ModelTraits {
  return RULES.find(([pattern]) => pattern.test(model))?.[1] ?? FIRST;
}
