// Ids of answers. The provider's is kept; where it gave none, a client still needs one to tell answers apart, and a
// conversation is continued by it. It is given where the answer is read, so that it is the same wherever it is written.
import { randomUUID } from 'node:crypto';

export function answerId(prefix: string, id: string): string {
  return id === '' ? prefix + randomUUID().replaceAll('-', '') : id;
}
