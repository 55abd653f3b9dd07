// The real worker, but the first thread to be asked dies in the middle of its work.
import { closeSync, openSync } from 'node:fs';
import decideShard from '../../engine/execution/worker.ts';

export default function crashOnce(task: Parameters<typeof decideShard>[0]): unknown {
  const result = decideShard(task);
  try {
    closeSync(openSync(process.env['SHOAL_TEST_CRASH_MARK'] ?? '', 'wx'));
  } catch {
    return result;
  }
  process.exit(1);
}
