// Server-sent events, read from bytes and written. Chunks may end anywhere: inside a character, between the two ends
// of a line, inside a field's name. An event is bounded in size, so a server that never ends one cannot fill memory.
import { ShoalError } from '#foundation';
import type { WireEvent } from './dialect.ts';

const LARGEST_EVENT_CHARACTERS = 16 * 1024 * 1024;

export interface EventParser {
  /** The events that this chunk completes. Throws `model_unavailable` for one that is larger than allowed. */
  push(chunk: Uint8Array): readonly WireEvent[];
  /** The stream is over: the event of a server that forgot the blank line after its last one. */
  end(): readonly WireEvent[];
}

export function createEventParser(largestEvent = LARGEST_EVENT_CHARACTERS): EventParser {
  // Removes a byte order mark at the very start, and keeps half a character for the next chunk.
  const decoder = new TextDecoder();
  /** A line whose end has not come. */
  let rest = '';
  let afterCarriageReturn = false;
  let name: string | undefined;
  let data: string | undefined;
  let size = 0;

  const line = (text: string, into: WireEvent[]): void => {
    if (text === '') {
      if (data !== undefined) into.push(name === undefined || name === '' ? { data } : { event: name, data });
      name = undefined;
      data = undefined;
      size = 0;
      return;
    }
    size += text.length;
    refuseIfLarge(size, largestEvent);
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon === -1 ? text : text.slice(0, colon);
    if (field === 'data') data = data === undefined ? valueAfter(text, colon) : `${data}\n${valueAfter(text, colon)}`;
    else if (field === 'event') name = valueAfter(text, colon);
  };

  const take = (text: string): readonly WireEvent[] => {
    if (text === '') return [];
    // The line feed of a CRLF that was cut in two.
    const fresh = afterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text;
    afterCarriageReturn = false;
    const events: WireEvent[] = [];
    // Only what is new is searched: a long event in many chunks is put together once.
    let lineFeed = fresh.indexOf('\n');
    let carriageReturn = fresh.indexOf('\r');
    let start = 0;
    while (lineFeed !== -1 || carriageReturn !== -1) {
      const byReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
      const at = byReturn ? carriageReturn : lineFeed;
      line(rest + fresh.slice(start, at), events);
      rest = '';
      start = at + 1;
      if (byReturn && start === fresh.length) afterCarriageReturn = true;
      else if (byReturn && fresh[start] === '\n') start += 1;
      if (lineFeed !== -1 && lineFeed < start) lineFeed = fresh.indexOf('\n', start);
      if (byReturn) carriageReturn = fresh.indexOf('\r', start);
    }
    rest += fresh.slice(start);
    refuseIfLarge(size + rest.length, largestEvent);
    return events;
  };

  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      const events: WireEvent[] = [...take(decoder.decode())];
      line(rest, events);
      rest = '';
      // A blank line ends the event that is still open; where nothing is open it does nothing.
      line('', events);
      return events;
    },
  };
}

/** An event as it goes over the wire, the blank line after it included. */
export function writeEvent({ event, data }: WireEvent): string {
  const lines = /[\r\n]/.test(data) ? data.split(/\r\n|\r|\n/).join('\ndata: ') : data;
  return event === undefined ? `data: ${lines}\n\n` : `event: ${event}\ndata: ${lines}\n\n`;
}

/** One space after the colon belongs to the form, not to the value. */
function valueAfter(text: string, colon: number): string {
  if (colon === -1) return '';
  return text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1);
}

function refuseIfLarge(size: number, largest: number): void {
  if (size > largest) throw new ShoalError('model_unavailable', `An event of the stream is longer than ${largest} characters.`);
}
