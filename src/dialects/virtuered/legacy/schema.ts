// Requests of VirtueRed's older, self-hosted API as its published command line sends them. `base_url`, `preset` and
// `concurrency` in `extra_args` are ours.
import { z } from 'zod';
import { presetIds } from '../../../scan/presets.ts';

const name = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters');

export const legacyStartBody = z.object({
  scan_name: name,
  /** A model of the settings, or "PROVIDER_template" with the model's own name and key in `extra_args`. */
  model_name: name,
  datasets: z
    .array(z.object({ name: z.string().min(1), subcategories: z.array(z.string().min(1)).nullish() }))
    .min(1, 'must name at least one dataset'),
  extra_args: z
    .object({
      modelname: name.optional(),
      apikey: z.string().optional(),
      base_url: z.string().optional(),
      preset: z.enum(presetIds).optional(),
      concurrency: z.number().int().min(1).optional(),
    })
    .nullish(),
  continue_flag: z.boolean().default(false),
});
export type LegacyStartBody = z.infer<typeof legacyStartBody>;

const DEFAULT_PAGE = 1_000;

const wholeNumber = (fallback: number, most: number) =>
  z.unknown().transform((given) => Math.min(most, Math.max(1, Math.trunc(Number(given)) || fallback)));

export const legacyListQuery = z.object({
  page: wholeNumber(1, 1_000_000).optional().default(1),
  page_size: wholeNumber(DEFAULT_PAGE, DEFAULT_PAGE).optional().default(DEFAULT_PAGE),
  filter_model: z.string().optional(),
  filter_status: z.string().optional(),
});
