// A message of several parts, read as a model may read it: each part by itself, all on lines of their own, and all as one
// text without anything between them. So nothing hides by being split.
import { type DetectContext, type Detection, SAFE_LABEL, type Span } from './detectors/detector.ts';
import { type GuardMessage, type Part, partsOf } from './message.ts';
import type { Check } from './open-policy.ts';
import { joinedSpans, lastUpTo } from './placement.ts';
import { type Ask, readText } from './text-reading.ts';

/** One way to read the message; `covers`: all that is read. */
interface Way {
  readonly ask: Ask;
  readonly covers: Part;
  readonly inMessage: (span: Span) => Span;
}

const partAlone = (content: string, part: Part): Way => ({
  ask: readText(content.slice(part.start, part.end)),
  covers: part,
  inMessage: (span) => ({ ...span, start: span.start + part.start, end: span.end + part.start }),
});

/** Where a span begins at a joint, it begins behind it; where it ends at one, it ends before it. */
function withoutJoints(content: string, parts: readonly Part[], joints: readonly number[]): Way {
  const gone = joints.map((joint, index) => joint - index);
  return {
    ask: readText(parts.map(({ start, end }) => content.slice(start, end)).join('')),
    covers: { start: 0, end: content.length },
    inMessage: (span) => ({
      ...span,
      start: span.start + lastUpTo(gone, span.start) + 1,
      end: span.end + lastUpTo(gone, span.end - 1) + 1,
    }),
  };
}

/** With places in the message; what was judged as a whole has its whole as its place. */
function placed(detection: Detection, { covers, inMessage }: Way): Detection {
  if (detection.spans.length > 0) return { ...detection, spans: detection.spans.map(inMessage) };
  const strongest = detection.labels.find(({ label }) => label !== SAFE_LABEL);
  if (strongest === undefined || detection.score === 0) return detection;
  return { ...detection, spans: [{ ...covers, label: strongest.label, score: detection.score }] };
}

/** How far above its threshold it lies, where a rule names none of its own. */
const marginOf = ({ detector }: Check, detection: Detection): number =>
  detection.score - (detector.thresholdFor?.(detector.threshold, detection) ?? detector.threshold);

/** The farthest above its threshold decides; `alone`: what the parts say each by itself, so that no two of their places overlap. */
function together(
  check: Check,
  joints: readonly number[],
  { alone, wholes }: { readonly alone: readonly Detection[]; readonly wholes: readonly Detection[] },
): Detection {
  const crosses = ({ start, end }: Span): boolean => (joints[lastUpTo(joints, end - 1)] ?? -1) >= start;
  const strongest = [...alone, ...wholes].reduce((best, next) =>
    marginOf(check, next) > marginOf(check, best) ? next : best,
  );
  const ofParts = alone.flatMap(({ spans }) => spans);
  const inside = wholes.map(({ spans }) => spans.filter((span) => !crosses(span)));
  const across = wholes.flatMap(({ spans }) => spans.filter(crosses)).map((span): Span => ({ ...span, across: true }));
  const known = strongest.windows === undefined ? inside.reduce(joinedSpans, ofParts) : [ofParts, ...inside].flat();
  return { ...strongest, spans: [...known, ...across] };
}

/** Asks in every way, one after the other: what is out of time need not go on. */
async function askEach(ways: readonly Way[], check: Check, context: DetectContext): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const way of ways) {
    context.signal.throwIfAborted();
    found.push(placed(await way.ask(check, context), way));
  }
  return found;
}

/** Rules answer at once. */
function askAtOnce(ways: readonly Way[], check: Check, context: DetectContext): Detection[] | Promise<Detection[]> {
  const found: Detection[] = [];
  for (const [index, way] of ways.entries()) {
    const detection = way.ask(check, context);
    if (detection instanceof Promise)
      return detection.then(async (first) => [
        ...found,
        placed(first, way),
        ...(await askEach(ways.slice(index + 1), check, context)),
      ]);
    found.push(placed(detection, way));
  }
  return found;
}

/** Reads a message of several parts. */
export function readParts(message: GuardMessage): Ask {
  const { content, joints = [] } = message;
  const parts = partsOf(message);
  const onLines = readText(content);
  const ways: readonly Way[] = [
    ...parts.map((part) => partAlone(content, part)),
    { ask: onLines, covers: { start: 0, end: content.length }, inMessage: (span) => span },
    withoutJoints(content, parts, joints),
  ];
  return (check, context) => {
    const { detector } = check;
    // A model elsewhere reads over a joint, and each question costs; a conversation is no text.
    if (detector.cost === 'remote' || detector.asks === 'conversation') return onLines(check, context);
    const found = askAtOnce(ways, check, context);
    const decided = (all: Detection[]): Detection =>
      together(check, joints, { alone: all.slice(0, parts.length), wholes: all.slice(parts.length) });
    return found instanceof Promise ? found.then(decided) : decided(found);
  };
}
