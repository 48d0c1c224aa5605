// One text, read once into its forms, with places led back to the text as it was sent.
import type { DetectContext, Detection } from './detectors/detector.ts';
import { type Form, formsOf } from './forms.ts';
import { type Unescaped, unescapedJson } from './json-escapes.ts';
import type { Check } from './open-policy.ts';
import { joinedSpans, placementOf } from './placement.ts';

/** What the detector of the check says of a text, with places in the text as sent. */
export type Ask = (check: Check, context: DetectContext) => Detection | Promise<Detection>;

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

/** Reads one text, into its forms at most once. */
export function readText(text: string): Ask {
  let forms: readonly Form[] | undefined;
  let unescaped: UnescapedForms | null | undefined;
  return (check, context) => {
    if (check.detector.reads === 'raw') return check.open.detect(text, context);
    if (check.open.longestSpan !== undefined) {
      unescaped = unescaped === undefined ? unescapedFormsOf(text) : unescaped;
      if (unescaped !== null) return askUnescaped(check, unescaped, context);
    }
    forms ??= formsOf(text);
    return askForms(check, forms, context);
  };
}
