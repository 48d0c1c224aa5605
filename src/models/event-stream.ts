// Cuts a streamed body that was read to its end into the data of its events: server-sent events, lines of JSON, and
// the numbered parts of the Vercel AI data stream. Pure.

/** The data of each event in order (WHATWG HTML, 9.2.6), comments and the closing [DONE] left out. */
export function sseData(body: string): string[] {
  const blocks = body
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  return blocks.flatMap((block) => {
    const lines = block.split('\n').filter((line) => line === 'data' || line.startsWith('data:'));
    if (lines.length === 0) return [];
    const data = lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n');
    return data.trim() === '[DONE]' ? [] : [data];
  });
}

/** Whether a body reads as server-sent events whatever its content type says. */
export const looksLikeSse = (body: string): boolean => /^\s*(:[^\n]*\n\s*)*(data|event|id|retry):/.test(body);

const nonBlankLines = (body: string): string[] => body.split(/\r?\n/).filter((line) => line.trim() !== '');

/** The lines of a body that is one JSON object a line (NDJSON, as Ollama streams), or null. */
export function jsonLines(body: string): readonly string[] | null {
  const lines = nonBlankLines(body);
  return lines.length > 1 && lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}')) ? lines : null;
}

/** The text of a Vercel AI data stream (version 1: lines `0:"text"`, `d:{...}`), or null. */
export function numberedPartsText(body: string): string | null {
  const lines = nonBlankLines(body);
  if (lines.length === 0 || !lines.every((line) => /^[\da-z]:["{[]/.test(line))) return null;
  try {
    const parts = lines.filter((line) => line.startsWith('0:')).map((line): unknown => JSON.parse(line.slice(2)));
    return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
  } catch {
    return null;
  }
}
