// Recognises the risk of a whole message, however much is said around the request, and of a conversation led there slowly.
// Apart from recognise.ts, which reads one request.
import { type Recognised, recognise } from './recognise.ts';
import { askingSentence } from './topic.ts';

export interface RecognisedMessage {
  readonly recognised: Recognised;
  /** The words that an answer is to be about. */
  readonly about: string;
}

const shortMessage = 240;
const sentencesLooked = 16;

function harmfulSentence(message: string): RecognisedMessage | null {
  const sentences = message.split(/(?<=[.?!])\s+|\n+/).filter((sentence) => sentence.length > 8);
  const looked =
    sentences.length <= sentencesLooked
      ? sentences
      : [...sentences.slice(0, 4), ...sentences.slice(4 - sentencesLooked)];
  for (const sentence of looked.reverse()) {
    const recognised = recognise(sentence.trim());
    if (recognised.kind === 'harmful') return { recognised, about: sentence.trim() };
  }
  return null;
}

function recogniseOne(message: string): RecognisedMessage {
  const whole = recognise(message);
  if (whole.kind === 'harmless') return { recognised: whole, about: message };
  if (message.length < shortMessage) {
    const about = whole.kind === 'harmful' ? harmfulSentence(message)?.about : undefined;
    return { recognised: whole, about: about ?? message };
  }
  const asking = askingSentence(message);
  const asked = recognise(asking.trim());
  if (asked.kind === 'harmful') return { recognised: asked, about: asking };
  return harmfulSentence(message) ?? { recognised: whole, about: asking };
}

/** `earlier`: the user's turns before this one; a harmless "go on" is about what they asked for. */
export function recogniseMessage(message: string, earlier: readonly string[]): RecognisedMessage {
  const now = recogniseOne(message);
  if (now.recognised.kind !== 'harmless' || earlier.length === 0) return now;
  const before = recogniseOne(earlier.slice(-3).join('\n'));
  return before.recognised.kind === 'harmful' ? before : now;
}
