// The real worker, but the first thread to be asked dies in the middle of its work.
import { closeSync, openSync } from 'node:fs';
import decideShard from '../../engine/execution/worker.ts';

export default function crashOnce(task: Parameters<typeof decideShard>[0]): unknown {
  const result = decideShard(task);
  if (isFirst()) process.exit(1);
  return result;
}

/** Makes the mark; true for whoever makes it. */
function isFirst(): boolean {
  try {
    closeSync(openSync(process.env['SHOAL_TEST_CRASH_MARK'] ?? '', 'wx'));
    return true;
  } catch {
    return false;
  }
}
