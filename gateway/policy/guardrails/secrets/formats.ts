// Key formats that their issuers document or that their own tools print. Each is tried only at the start of a long
// word, so the patterns are sticky; what follows the key in that word does not matter.

export interface KeyFormat {
  readonly label: string;
  /** Group 1, where there is one, is the secret; else all of it is. */
  readonly pattern: RegExp;
}

const format = (label: string, source: string): KeyFormat => ({ label, pattern: new RegExp(source, 'y') });

/** By the first two characters of the key, so that a word is held against few of them. */
export const FORMATS_BY_START: ReadonlyMap<string, readonly KeyFormat[]> = byStart([
  ['AK', format('aws-key', 'AKIA[0-9A-Z]{16}(?![0-9A-Za-z])')],
  ['AS', format('aws-key', 'ASIA[0-9A-Z]{16}(?![0-9A-Za-z])')],
  ['AI', format('google-key', 'AIza[\\w-]{35,}')],
  ['GO', format('secret', 'GOCSPX-([\\w-]{24,})')],
  ['ya', format('google-token', 'ya29\\.[\\w-]{30,}')],
  ['gh', format('github-token', 'gh[pousr]_[A-Za-z0-9]{36,255}')],
  ['gi', format('github-token', 'github_pat_[A-Za-z0-9_]{60,255}')],
  ['gl', format('gitlab-token', 'gl(?:pat|dt|rt|ptt|soat|cbt)-[\\w-]{20,}')],
  ['sk', format('anthropic-key', 'sk-ant-[\\w-]{32,}')],
  ['sk', format('openrouter-key', 'sk-or-v1-[0-9a-f]{64}')],
  ['sk', format('stripe-key', 'sk_(?:live|test)_[A-Za-z0-9]{20,}')],
  ['sk', format('openai-key', 'sk-(?:proj|svcacct|admin)-[\\w-]{32,}')],
  ['sk', format('openai-key', 'sk-(?=[A-Za-z]*\\d)[A-Za-z0-9]{32,}')],
  ['rk', format('stripe-key', 'rk_(?:live|test)_[A-Za-z0-9]{20,}')],
  ['wh', format('webhook-secret', 'whsec_[A-Za-z0-9+/=]{24,}')],
  ['xo', format('slack-token', 'xox[abeoprs]-[A-Za-z0-9-]{20,}')],
  ['xa', format('slack-token', 'xapp-\\d-[A-Za-z0-9-]{20,}')],
  ['xa', format('xai-key', 'xai-[A-Za-z0-9]{60,}')],
  ['np', format('npm-token', 'npm_[A-Za-z0-9]{36}')],
  ['py', format('pypi-token', 'pypi-AgE[\\w-]{50,}')],
  ['SG', format('sendgrid-key', 'SG\\.[\\w-]{16,}\\.[\\w-]{32,}')],
  ['hf', format('huggingface-token', 'hf_[A-Za-z]{30,}')],
  ['hv', format('vault-token', 'hv[sbr]\\.[\\w-]{24,}')],
  ['do', format('digitalocean-token', 'do[opr]_v1_[0-9a-f]{64}')],
  ['sh', format('shopify-token', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}')],
  ['gs', format('groq-key', 'gsk_[A-Za-z0-9]{40,}')],
  ['da', format('databricks-token', 'dapi[0-9a-f]{32}')],
  ['PM', format('postman-key', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}')],
  ['li', format('linear-key', 'lin_api_[A-Za-z0-9]{40}')],
  ['fi', format('figma-token', 'figd_[\\w-]{40}')],
  ['r8', format('replicate-token', 'r8_[A-Za-z0-9]{37}')],
  ['ts', format('tailscale-key', 'tskey-[a-z]+-[\\w-]{20,}')],
  ['ke', format('mailgun-key', 'key-[0-9a-f]{32}')],
  ['AG', format('private-key', 'AGE-SECRET-KEY-1[0-9A-Z]{58}')],
  ['am', format('amazon-token', 'amzn\\.mws\\.[0-9a-f-]{36}')],
]);

/** Inside a longer word, after a mark that only stands there: a web hook's path, a password in a URL, a bot's token. */
export const INNER_FORMATS: readonly KeyFormat[] = [
  { label: 'slack-webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/([A-Za-z0-9/]{24,})/g },
  { label: 'discord-webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/(\d{16,20}\/[\w-]{60,})/g },
  { label: 'telegram-token', pattern: /(?<!\d)(\d{8,10}:AA[\w-]{32,33})(?![\w-])/g },
  { label: 'secret', pattern: /:\/\/[^\s/:@]*:([^\s/@]{6,})@/g },
];

function byStart(rows: readonly (readonly [string, KeyFormat])[]): ReadonlyMap<string, readonly KeyFormat[]> {
  const map = new Map<string, KeyFormat[]>();
  for (const [start, row] of rows) map.set(start, [...(map.get(start) ?? []), row]);
  return map;
}
