// Reads server-sent events while they arrive, cut anywhere (WHATWG HTML, 9.2.6). Pure but for what it remembers.

/** An event is never longer than this; a stream without line breaks must not fill the memory. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

export interface EventReader {
  /** Takes bytes; gives the data of the events that became whole. Throws RangeError for an event without an end. */
  take(bytes: Uint8Array): string[];
  /** The stream has ended: an event without its blank line counts all the same. */
  end(): string[];
}

function dataOf(block: string): string[] {
  const lines = block.split('\n').filter((line) => line === 'data' || line.startsWith('data:'));
  return lines.length === 0 ? [] : [lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n')];
}

export function readEvents(): EventReader {
  const decoder = new TextDecoder();
  let open = '';
  let wasReturn = false;
  /** With "\n" in place of each line end: "\r", "\n" or both, which may be cut apart. */
  function withOneLineEnd(text: string): string {
    const rest = wasReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') wasReturn = text.endsWith('\r');
    return rest.replace(/\r\n?/g, '\n');
  }
  function blocks(text: string): string[] {
    open += withOneLineEnd(text);
    const parts = open.split('\n\n');
    open = parts.pop() ?? '';
    if (open.length > MOST_CHARACTERS) throw new RangeError('an event of the stream has no end');
    return parts.flatMap(dataOf);
  }
  return {
    take: (bytes) => blocks(decoder.decode(bytes, { stream: true })),
    end: () => [...blocks(decoder.decode()), ...blocks('\n\n')],
  };
}
