// Puts a request together again that was cut into named pieces (payload splitting, Kang et al. 2302.05733).

const assignment = /\b([a-z]\w{0,7})\s*=\s*(["'“]?)([^"'”\n;]{1,200})\2/gi;
const sum = /\b[a-z]\w{0,7}(?:\s*\+\s*[a-z]\w{0,7}){1,40}/i;

/** The pieces joined in the order of the sum that the message asks for; null where it has no such pieces. */
export function joinSplitPayload(message: string): string | null {
  if (!message.includes('=') || !message.includes('+')) return null;
  const text = message.slice(0, 6000);
  const pieces = new Map([...text.matchAll(assignment)].map((found) => [found[1]!.toLowerCase(), found[3]!.trim()]));
  const order =
    sum
      .exec(text)?.[0]
      .split('+')
      .map((name) => name.trim().toLowerCase()) ?? [];
  const joined = order.map((name) => pieces.get(name));
  return joined.length < 2 || joined.includes(undefined) ? null : joined.join(' ');
}
