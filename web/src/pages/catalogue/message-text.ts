// The text of a message's content, which is a string or a list of parts.
interface Part {
  readonly type?: string;
  readonly text?: string;
}

const partText = (part: Part): string => part.text ?? (part.type === 'image_url' ? '[a picture]' : '');

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? (content as Part[]).map(partText).join('\n') : JSON.stringify(content);
}
