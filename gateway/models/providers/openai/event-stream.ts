// Server-sent events out of a byte stream: the `data` of each event. Chunks may end anywhere, inside a character or
// between the two ends of a line; an event is bounded in size.

const LARGEST_EVENT = 4 * 1024 * 1024;

export async function* eventData(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > LARGEST_EVENT) throw new RangeError(`an event is longer than ${LARGEST_EVENT} characters`);
    // A carriage return at the very end may be half of a line end: it waits for the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        data = [];
      } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  }
  // The last event of a server that forgets the blank line after it; a cut one does not parse and is found out there.
  const last = rest.replace(/\r$/, '');
  if (last.startsWith('data:')) data.push(last.slice(last[5] === ' ' ? 6 : 5));
  if (data.length > 0) yield data.join('\n');
}
