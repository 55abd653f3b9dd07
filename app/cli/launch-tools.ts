// The coding agents that `shoal launch` can start: what each must be told so that its models come by this gateway. All
// of it is data; the facts are the makers' own, from the pages that are named beside them (read in November 2026).
export interface Access {
  /** Of the server, without a path. */
  readonly url: string;
  /** A virtual key. */
  readonly key: string;
  /** As asked for; undefined = the tool's own choice. */
  readonly model: string | undefined;
  /** What the key may call. */
  readonly models: readonly string[];
}

export interface Tool {
  readonly command: string;
  readonly name: string;
  readonly install: string;
  /** Undefined = taken away, since the tool would go by it instead. */
  readonly environment: (access: Access) => Readonly<Record<string, string | undefined>>;
  /** Before the person's own. */
  readonly args: (access: Access) => readonly string[];
}

const NO_ARGS = (): readonly string[] => [];
/** A string in TOML, as far as addresses and names of models go. */
const toml = (text: string): string => JSON.stringify(text);

export const TOOLS: Readonly<Record<string, Tool>> = {
  // code.claude.com/docs/en/llm-gateway and /env-vars: an API key would win over the token. Its tiers, and what it does in
  // the background, are models of their own.
  claude: {
    command: 'claude',
    name: 'Claude Code',
    install: 'npm install -g @anthropic-ai/claude-code',
    environment: ({ url, key, model }) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_AUTH_TOKEN: key,
      ANTHROPIC_API_KEY: undefined,
      CLAUDE_CODE_USE_BEDROCK: undefined,
      CLAUDE_CODE_USE_VERTEX: undefined,
      ...(model === undefined
        ? {}
        : {
            ANTHROPIC_MODEL: model,
            ANTHROPIC_DEFAULT_OPUS_MODEL: model,
            ANTHROPIC_DEFAULT_SONNET_MODEL: model,
            ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
          }),
    }),
    args: NO_ARGS,
  },
  // developers.openai.com/codex/config-reference: a provider of one's own by `-c key=value`, values in TOML; `responses` is
  // the only `wire_api`, and `openai` cannot be redefined.
  codex: {
    command: 'codex',
    name: 'Codex CLI',
    install: 'npm install -g @openai/codex',
    environment: ({ key }) => ({ SHOAL_API_KEY: key }),
    args: ({ url, model }) =>
      [
        `model_provider=${toml('shoal')}`,
        `model_providers.shoal.name=${toml('Shoal')}`,
        `model_providers.shoal.base_url=${toml(`${url}/v1`)}`,
        `model_providers.shoal.env_key=${toml('SHOAL_API_KEY')}`,
        `model_providers.shoal.wire_api=${toml('responses')}`,
        ...(model === undefined ? [] : [`model=${toml(model)}`]),
      ].flatMap((setting) => ['-c', setting]),
  },
  // geminicli.com/docs/reference/configuration, and the environment that its @google/genai library reads.
  gemini: {
    command: 'gemini',
    name: 'Gemini CLI',
    install: 'npm install -g @google/gemini-cli',
    environment: ({ url, key, model }) => ({
      GOOGLE_GEMINI_BASE_URL: url,
      GEMINI_API_KEY: key,
      GOOGLE_API_KEY: undefined,
      GOOGLE_GENAI_USE_VERTEXAI: undefined,
      GOOGLE_GENAI_USE_GCA: undefined,
      ...(model === undefined ? {} : { GEMINI_MODEL: model }),
    }),
    args: NO_ARGS,
  },
  // opencode.ai/docs/config and /providers: models of a provider of one's own have to be listed; the configuration in the
  // variable is laid over that of the files.
  opencode: {
    command: 'opencode',
    name: 'OpenCode',
    install: 'npm install -g opencode-ai',
    environment: ({ url, key, model, models }) => ({
      OPENCODE_CONFIG_CONTENT: JSON.stringify({
        provider: {
          shoal: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Shoal',
            options: { baseURL: `${url}/v1`, apiKey: key },
            models: Object.fromEntries([...new Set(model === undefined ? models : [model, ...models])].map((id) => [id, {}])),
          },
        },
        ...(model === undefined ? {} : { model: `shoal/${model}` }),
      }),
    }),
    args: NO_ARGS,
  },
  // aider.chat/docs/llms/openai-compat.html: the name of the model behind `openai/`.
  aider: {
    command: 'aider',
    name: 'aider',
    install: 'python -m pip install aider-install && aider-install',
    environment: ({ url, key }) => ({ OPENAI_API_BASE: `${url}/v1`, OPENAI_API_KEY: key }),
    args: ({ model }) => (model === undefined ? [] : ['--model', `openai/${model}`]),
  },
};
