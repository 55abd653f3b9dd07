// One cascade's file → its lines. A line is `kind: ['id','time']->['parentId','time']`; the root's parent is ROOT.
// What cannot be read is an error that names the file and the line; nothing is guessed.
import { ShoalError } from '#foundation';

/** A post as its line says it; what its times are counted from and in is not known yet. */
export interface CascadeLine {
  readonly id: string;
  readonly time: number;
  readonly parent: string;
  readonly parentTime: number;
}

export interface CascadeFile {
  readonly name: string;
  readonly root: CascadeLine;
  readonly replies: readonly CascadeLine[];
}

const LINE =
  /^[^:]+:\s*\[\s*['"]([^'"]+)['"]\s*,\s*['"]?([^'",\]]+)['"]?\s*\]\s*->\s*\[\s*['"]([^'"]+)['"]\s*,\s*['"]?([^'",\]]+)['"]?\s*\]$/;
const ROOT = 'ROOT';

/** Throws `invalid_input` for a line of another form, an id that stands twice, no root, or more roots than one. */
export function readCascade(name: string, text: string): CascadeFile {
  const lines = new Map<string, CascadeLine>();
  let root: CascadeLine | undefined;
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (raw.trim() === '') continue;
    const line = readLine(raw.trim());
    if (line === undefined) throw malformed(`${name}:${at + 1}`, `is no line of a cascade: “${raw.trim().slice(0, 80)}”`);
    if (lines.has(line.id)) throw malformed(`${name}:${at + 1}`, `gives the post ${line.id} a second time`);
    if (line.parent === ROOT && root !== undefined)
      throw malformed(`${name}:${at + 1}`, 'is a second root; one file holds one cascade');
    lines.set(line.id, line);
    if (line.parent === ROOT) root = line;
  }
  if (root === undefined) throw malformed(name, 'has no root (a line whose parent is ROOT)');
  return { name, root, replies: [...lines.values()].filter((line) => line !== root) };
}

function readLine(text: string): CascadeLine | undefined {
  const [, id, time, parent, parentTime] = LINE.exec(text) ?? [];
  if (id === undefined || time === undefined || parent === undefined || parentTime === undefined) return undefined;
  const line = { id, time: Number(time), parent, parentTime: Number(parentTime) };
  const sound = [line.time, line.parentTime].every((value) => Number.isFinite(value) && value >= 0);
  return sound && time.trim() !== '' && parentTime.trim() !== '' ? line : undefined;
}

const malformed = (place: string, problem: string): ShoalError =>
  new ShoalError('invalid_input', `${place} ${problem}.`, {
    hint: "Each line reads kind: ['id','time']->['parentId','time'], with times of at least 0; the root's parent is ROOT.",
    details: { place },
  });
