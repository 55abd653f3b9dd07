// What a changed configuration changes, by key path, fit to be shown: values of keys that are secret by name, and
// credentials inside URLs, are left out.

export interface ConfigChange {
  /** `gateway.limits.concurrency`. */
  readonly path: string;
  /** Absent where the key was not there. */
  readonly before?: unknown;
  readonly after?: unknown;
}

const SECRET_NAME = /(secret|password|token|credential|authorization|api-?key|^key$)$/i;
const URL_CREDENTIALS = /(\/\/)[^/@\s]+@/;
const REDACTED = '[redacted]';

/** `redact` takes out what else must not be shown, such as values of environment variables. */
export function diffConfig(before: unknown, after: unknown, redact: (text: string) => string): readonly ConfigChange[] {
  const left = flatten(before);
  const right = flatten(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  return paths
    .filter((path) => JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
    .map((path) => ({
      path: redact(path),
      ...(left.has(path) ? { before: shown(path, left.get(path), redact) } : {}),
      ...(right.has(path) ? { after: shown(path, right.get(path), redact) } : {}),
    }));
}

/** A configuration fit to be shown as a whole, one line per key. */
export function flatConfig(config: unknown, redact: (text: string) => string): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...flatten(config)].map(([path, value]) => [redact(path), shown(path, value, redact)]));
}

export function changeText({ path, before, after }: ConfigChange): string {
  if (before === undefined) return `+ ${path}: ${JSON.stringify(after)}`;
  if (after === undefined) return `- ${path}: ${JSON.stringify(before)}`;
  return `~ ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

/** Lists are values: their order means something, and single items have no lasting name. */
function flatten(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (value !== undefined) into.set(path, value);
    return into;
  }
  const members = Object.entries(value);
  if (members.length === 0 && path !== '') into.set(path, {});
  for (const [name, member] of members) flatten(member, path === '' ? name : `${path}.${name}`, into);
  return into;
}

function shown(path: string, value: unknown, redact: (text: string) => string): unknown {
  if (SECRET_NAME.test(path.slice(path.lastIndexOf('.') + 1)) && typeof value !== 'number') return REDACTED;
  if (typeof value === 'string') return redact(value.replace(URL_CREDENTIALS, `$1${REDACTED}@`));
  // Inside lists a name may be anywhere, so each text is looked at.
  if (Array.isArray(value)) return value.map((item) => shown('', item, redact));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(name, member, redact)]));
  return value;
}
