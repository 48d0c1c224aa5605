// VirtueRed's request bodies as its document has them, and the small print of semantics.md.
import { z } from 'zod';
import { inputModalities, scanRanges } from '../../core/scan-ranges.ts';
import { extraHeadersSchema, mayCarry } from '../../models/extra-headers.ts';
import { presetIds } from '../../scan/presets.ts';

/** An optional field: null means left out, as it does in the document's other bodies. */
const orElse = <Value>(schema: z.ZodType<Value>, usual: Value) =>
  schema
    .nullish()
    .meta({ default: usual })
    .transform((given) => given ?? usual);

const name = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters');

const model = z
  .object({
    base_url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
    api_key: z.string().regex(/^[\x20-\x7e]*$/, 'holds a character that no header can carry'),
    model_name: z.string().trim().min(1, 'must not be empty'),
    temperature: orElse(z.number().min(scanRanges.temperature.min).max(scanRanges.temperature.max), 0.7),
    max_tokens: orElse(z.number().int().min(1), 2048),
    extra_headers: orElse(extraHeadersSchema, {}),
  })
  .refine((given) => mayCarry(given.extra_headers, given.api_key), {
    path: ['extra_headers'],
    message: 'may hold Authorization only when api_key is empty',
  });

const modalitiesOfInput = z.array(z.enum(inputModalities)).min(1);
const outputModalities = z.array(z.enum(['text'])).min(1);

const concurrency = z.number().int().min(scanRanges.concurrency.min).max(scanRanges.concurrency.max);

const labels = {
  is_user_model: z.boolean().nullish(),
  application_id: z.string().max(200).nullish(),
  continue_flag: orElse(z.boolean(), false),
};

export const startBody = z.object({
  scan_name: name,
  model,
  datasets: z.array(z.object({ name: z.string().min(1) })).min(1, 'must name at least one dataset'),
  algorithms: orElse(z.array(z.string().min(1)), []),
  input_modalities: orElse(modalitiesOfInput, ['text']),
  output_modalities: orElse(outputModalities, ['text']),
  preset: z.enum(presetIds).nullish(),
  seed: z.number().int().min(0).nullish(),
  benign: z.number().int().min(0).nullish(),
  qpm: z.number().positive().nullish(),
  concurrency: orElse(concurrency, 8),
  ...labels,
});
export type StartBody = z.infer<typeof startBody>;

export const SANDBOX_CASES = 12;

export const sandboxBody = z.object({
  scan_name: name,
  model,
  datasets: z.undefined({ error: 'a sandbox scan has its own datasets' }).nullish(),
  algorithms: z.undefined({ error: 'a sandbox scan runs no attacks' }).nullish(),
  qpm: z
    .number()
    .min(
      SANDBOX_CASES,
      `must be at least ${SANDBOX_CASES}: a sandbox scan makes its ${SANDBOX_CASES} calls within a minute`,
    )
    .nullish(),
  /** All at once where it is left out. */
  concurrency: concurrency.nullish(),
  ...labels,
});
export type SandboxBody = z.infer<typeof sandboxBody>;

export const scanIdBody = z.object({ scan_id: z.string().min(1) });

/** Date.parse takes 31 February for 3 March. */
function isDayOfCalendar(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

const isoDate = z
  .string()
  .refine(
    (text) =>
      /^\d{4}-\d{2}-\d{2}([T ].+)?$/.test(text) &&
      !Number.isNaN(Date.parse(text)) &&
      isDayOfCalendar(text.slice(0, 'YYYY-MM-DD'.length)),
    'must be an ISO 8601 date, e.g. 2024-01-15T00:00:00Z',
  )
  .transform((text) => Date.parse(/[zZ]|[+-]\d{2}:?\d{2}$/.test(text) || !/[T ]/.test(text) ? text : `${text}Z`));

/** With scan_id, `since` is ignored: then it is not even read. */
export const progressBody = z.object({ scan_id: z.string().min(1).nullish() });
/** Without scan_id: which scans to list. The labels are those that a scan was started with. */
export const listBody = z.object({
  since: isoDate.nullish(),
  is_user_model: z.boolean().nullish(),
  application_id: z.string().nullish(),
});

export const usageBody = z
  .object({
    mode: z.enum(['current_billing_cycle', 'all_time', 'custom']),
    start: isoDate.nullish(),
    end: isoDate.nullish(),
  })
  .refine((body) => body.mode !== 'custom' || body.start != null || body.end != null, {
    path: ['start'],
    message: 'mode custom needs start, end or both',
  })
  .refine((body) => body.start == null || body.end == null || body.end >= body.start, {
    path: ['end'],
    message: 'must not be before start',
  });
export type UsageBody = z.infer<typeof usageBody>;
