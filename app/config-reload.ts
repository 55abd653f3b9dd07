// config.yaml while the server runs. A changed file is read and compared; what it would change is shown; it comes into
// force when a person confirms exactly what was shown, or at once with `--reload auto`. A bad file changes nothing:
// the old configuration stays in force and the refusal is there for whoever asks.
import { statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sha256, ShoalError, toShoalError } from '#foundation';
import type { Audit } from '#gateway/contract';
import { changeText, diffConfig, type ConfigChange } from './config-diff.ts';
import { parseConfig, readConfigText, type Settings } from './config.ts';

export type ConfigState =
  | { readonly kind: 'current' }
  /** `digest` names the file as it was read; a confirmation must name it too. */
  | { readonly kind: 'pending'; readonly digest: string; readonly changes: readonly ConfigChange[] }
  | { readonly kind: 'refused'; readonly digest: string; readonly problem: ShoalError };

export interface ConfigReload {
  readonly current: Settings;
  readonly state: ConfigState;
  /** Reads the file anew now, whatever the watcher has seen. */
  look(): ConfigState;
  /** Throws `conflict` where there is nothing to apply or the file has changed since, `invalid_config` for a bad file. */
  apply(digest: string, actor: string): readonly ConfigChange[];
  close(): void;
}

export interface ConfigReloadOptions {
  readonly path: string;
  /** What is in force, as it was read. */
  readonly current: Settings;
  readonly mode: 'confirm' | 'auto';
  /** Brings settings into force; where it throws, nothing has changed. */
  readonly reconfigure: (settings: Settings) => void;
  readonly audit: Audit;
  readonly redact: (text: string) => string;
  readonly log: (line: string) => void;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 150;
/** Not every file system tells of changes. */
const LOOK_MS = 2000;

export function watchConfig(options: ConfigReloadOptions): ConfigReload {
  const { path, mode, reconfigure, audit, redact, log } = options;
  let current = options.current;
  let state: ConfigState = { kind: 'current' };
  /** Of the file that was last looked at, so that each file is spoken of once. */
  let seen = '';
  let pending: Settings | undefined;

  const inspect = (): ConfigState => {
    let digest = '';
    try {
      const text = readConfigText(path);
      digest = sha256(text);
      const settings = parseConfig(text, path);
      const changes = diffConfig(current, settings, redact);
      pending = settings;
      return changes.length === 0 ? { kind: 'current' } : { kind: 'pending', digest, changes };
    } catch (thrown) {
      const { code, message, hint, details } = toShoalError(thrown);
      pending = undefined;
      const advice = `The configuration of before stays in force. ${hint ?? ''}`.trim();
      // The message quotes the file, which may hold what should not be in it.
      return {
        kind: 'refused',
        digest,
        problem: new ShoalError(code, redact(message), { hint: advice, details: redactJson(details, redact) }),
      };
    }
  };

  const bring = (settings: Settings, { digest, changes }: Extract<ConfigState, { kind: 'pending' }>, actor: string): void => {
    // First into the chain: what cannot be recorded is not done.
    audit.append({ actor, action: 'config.applied', subject: basename(path), after: { digest, changes } });
    try {
      reconfigure(settings);
    } catch (thrown) {
      const { code, message } = toShoalError(thrown);
      audit.append({ actor, action: 'config.failed', subject: basename(path), after: { digest, code, message } });
      throw thrown;
    }
    current = settings;
    state = { kind: 'current' };
    log(`${path}: ${changes.length} changes are in force now.`);
  };

  const look = (): ConfigState => {
    state = inspect();
    const mark = state.kind === 'current' ? '' : `${state.kind} ${state.digest}`;
    if (mark === seen) return state;
    seen = mark;
    if (state.kind === 'refused') log(`${state.problem.message} The configuration of before stays in force.`);
    if (state.kind !== 'pending') return state;
    log([`${path} has changed:`, ...state.changes.map((change) => `  ${changeText(change)}`)].join('\n'));
    if (mode === 'confirm') log('Apply it with: npx shoal config apply');
    else if (pending !== undefined) tryBring(pending, state);
    return state;
  };
  const tryBring = (settings: Settings, shown: Extract<ConfigState, { kind: 'pending' }>): void => {
    try {
      bring(settings, shown, 'reload');
    } catch (thrown) {
      const problem = toShoalError(thrown);
      state = { kind: 'refused', digest: shown.digest, problem };
      log(`${problem.message} The configuration of before stays in force.`);
    }
  };

  noteStart(path, audit);
  const watching = watchFile(path, look);
  return {
    get current() {
      return current;
    },
    get state() {
      return state;
    },
    look,
    apply: (digest, actor) => {
      const now = look();
      if (now.kind === 'refused') throw now.problem;
      if (now.kind === 'current' || pending === undefined) {
        throw new ShoalError('conflict', 'config.yaml changes nothing that is not in force.', { hint: 'Change the file first.' });
      }
      if (now.digest !== digest) {
        throw new ShoalError('conflict', 'config.yaml has changed since its changes were shown.', {
          hint: 'Look at them again: npx shoal config diff',
        });
      }
      bring(pending, now, actor);
      return now.changes;
    },
    close: () => watching.close(),
  };
}

/** A server that starts takes the file as it is: where that is another one than was last in force, the chain says so. */
function noteStart(path: string, audit: Audit): void {
  const text = readConfigText(path);
  const digest = sha256(text);
  const last = lastDigest(audit);
  if (digest === last || (last === undefined && text === '')) return;
  audit.append({ actor: 'start', action: 'config.loaded', subject: basename(path), after: { digest } });
}

const PAGE = 1000;

function lastDigest(audit: Audit): unknown {
  let before: number | undefined;
  for (;;) {
    const page = audit.newest({ before, limit: PAGE });
    const found = page.find(({ action }) => action === 'config.applied' || action === 'config.loaded');
    if (found !== undefined) return (found.after as { readonly digest?: unknown } | undefined)?.digest;
    before = page.at(-1)?.seq;
    if (before === undefined || page.length < PAGE) return undefined;
  }
}

/** The folder is watched, not the file: editors replace files, and a file may be made later. */
function watchFile(path: string, look: () => void): { close(): void } {
  let settling: NodeJS.Timeout | undefined;
  let last = markOf(path);
  const check = (): void => {
    const mark = markOf(path);
    if (mark === last) return;
    last = mark;
    look();
  };
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(check, SETTLE_MS).unref();
  };
  const looking = setInterval(check, LOOK_MS).unref();
  let watcher: ReturnType<typeof watch> | undefined;
  try {
    watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) soon();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // No watching here; looking every two seconds finds it as well.
  }
  return {
    close: () => {
      clearTimeout(settling);
      clearInterval(looking);
      watcher?.close();
    },
  };
}

function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

function redactJson(details: Readonly<Record<string, unknown>>, redact: (text: string) => string): Record<string, unknown> {
  return JSON.parse(redact(JSON.stringify(details))) as Record<string, unknown>;
}
