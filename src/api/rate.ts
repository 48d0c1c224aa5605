// How a share looks in our own API: what it was counted from, and its 95 % interval.
import { z } from 'zod';

/** In 0..1; null where nothing was counted. */
export const share = z.number().nullable();

/** Shares lie in 0..1; null where n is 0. */
export const rateSchema = z
  .object({
    k: z.number().describe('How many of the n'),
    n: z.number(),
    rate: share.describe('In 0..1; null where n is 0'),
    low: share.describe('95 % interval'),
    high: share,
  })
  .meta({ id: 'Rate' });

/** A rate over tests that hang together by their cases. */
export const clusteredRateSchema = rateSchema
  .extend({
    cases: z.number(),
    method: z.string().describe('How the interval was made'),
  })
  .meta({ id: 'ClusteredRate' });
