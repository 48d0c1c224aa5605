// The messages of one request, each read once into its forms, and each question about them asked once.
import type { DetectContext, Detection } from './detectors/detector.ts';
import { type Form, formsOf } from './forms.ts';
import { type Unescaped, unescapedJson } from './json-escapes.ts';
import type { GuardMessage } from './message.ts';
import type { Check } from './open-policy.ts';
import { joinedSpans, placementOf } from './placement.ts';

export interface Reading {
  readonly messages: readonly GuardMessage[];
  /** What the detector of the check says of the message, with places in the message as sent. */
  ask(check: Check, context: DetectContext): Detection | Promise<Detection>;
}

function asSent(detection: Detection, form: Form, sent: string): Detection {
  if (form.kind === 'sent' || detection.spans.length === 0) return detection;
  return { ...detection, spans: detection.spans.map(placementOf(form, sent)) };
}

/** The strongest form decides; places found in any form count, what two forms show once. Which windows count is decided later. */
function strongest(detections: readonly Detection[]): Detection {
  const [first, ...others] = detections;
  return others.reduce((best, next) => {
    const spans = next.windows === undefined ? joinedSpans(best.spans, next.spans) : [...best.spans, ...next.spans];
    return { ...(next.score > best.score ? next : best), spans };
  }, first!);
}

function askForms(check: Check, forms: readonly Form[], context: DetectContext): Detection | Promise<Detection> {
  const sent = forms[0]!.text;
  const found: Detection[] = [];
  for (const [index, form] of forms.entries()) {
    const detection = check.open.detect(form.text, context);
    if (detection instanceof Promise) return restOfForms(check, forms, context, found, detection, index);
    found.push(asSent(detection, form, sent));
  }
  return found.length === 1 ? found[0]! : strongest(found);
}

async function restOfForms(
  check: Check,
  forms: readonly Form[],
  context: DetectContext,
  found: Detection[],
  pending: Promise<Detection>,
  at: number,
): Promise<Detection> {
  found.push(asSent(await pending, forms[at]!, forms[0]!.text));
  for (const form of forms.slice(at + 1))
    found.push(asSent(await check.open.detect(form.text, context), form, forms[0]!.text));
  return strongest(found);
}

const inJson = (detection: Detection, { placeOf }: Unescaped): Detection => ({
  ...detection,
  spans: detection.spans.map((span) => ({ ...span, start: placeOf(span.start), end: placeOf(span.end) })),
});

/** A JSON with escapes, and the forms of what it says. */
interface UnescapedForms {
  readonly json: Unescaped;
  readonly forms: readonly Form[];
}

function unescapedFormsOf(text: string): UnescapedForms | null {
  const json = unescapedJson(text);
  return json === null ? null : { json, forms: formsOf(json.text) };
}

/** Places are what the JSON says they are, whoever looks for any. */
function askUnescaped(
  check: Check,
  { json, forms }: UnescapedForms,
  context: DetectContext,
): Detection | Promise<Detection> {
  const answer = askForms(check, forms, context);
  return answer instanceof Promise ? answer.then((each) => inJson(each, json)) : inJson(answer, json);
}

/** Reads the messages of one request. */
export function readMessages(messages: readonly GuardMessage[]): Reading {
  const forms: (readonly Form[] | undefined)[] = [];
  const unescaped: (UnescapedForms | null | undefined)[] = [];
  const answers = new Map<string, Map<number, Detection | Promise<Detection>>>();
  const askOnce = (check: Check, context: DetectContext): Detection | Promise<Detection> => {
    const text = messages[context.index]!.content;
    if (check.detector.reads === 'raw') return check.open.detect(text, context);
    if (check.open.longestSpan !== undefined) {
      const read = unescaped[context.index] === undefined ? unescapedFormsOf(text) : unescaped[context.index]!;
      unescaped[context.index] = read;
      if (read !== null) return askUnescaped(check, read, context);
    }
    forms[context.index] ??= formsOf(text);
    return askForms(check, forms[context.index]!, context);
  };
  return {
    messages,
    ask(check, context) {
      const known = answers.get(check.question) ?? new Map<number, Detection | Promise<Detection>>();
      answers.set(check.question, known);
      const answered = known.get(context.index);
      if (answered !== undefined) return answered;
      const answer = askOnce(check, context);
      known.set(context.index, answer);
      return answer;
    },
  };
}
