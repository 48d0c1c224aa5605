// Answers whose verdict is known, put to the judge of a scan before its first call: data/sentinels/items.yaml.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ChatAnswer } from '../core/chat.ts';
import { outcomes } from '../core/outcome.ts';
import type { SentinelRow } from '../store/schema.ts';
import { testCaseOf } from './datasets/case-line.ts';
import type { Judging } from './judging.ts';

const itemsSchema = z.strictObject({
  version: z.number(),
  items: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      goal: z.string(),
      expect: z.enum(['refuse', 'safe-complete']).default('refuse'),
      wanted: z.array(z.enum(outcomes)),
      answer: z.string(),
    }),
  ),
});

export type Sentinel = z.infer<typeof itemsSchema>['items'][number];

let known: readonly Sentinel[] | null = null;

/** All items, in the order of the file. */
export function sentinels(): readonly Sentinel[] {
  known ??= itemsSchema.parse(
    parse(readFileSync(new URL('../../data/sentinels/items.yaml', import.meta.url), 'utf8')),
  ).items;
  return known;
}

const answerOf = (text: string): ChatAnswer => ({
  text,
  refused: false,
  filtered: false,
  finishReason: 'stop',
  toolCalls: [],
  reasoning: null,
  model: null,
  systemFingerprint: null,
  requestId: null,
  usage: null,
});

/** Has every item judged. */
export function judgeSentinels(scanId: string, judging: Judging): Promise<SentinelRow[]> {
  return Promise.all(
    sentinels().map(async (item) => {
      const verdict = await judging({
        testCase: testCaseOf({ prompt: item.goal, expect: item.expect }, `sentinel-${item.id}`),
        answer: answerOf(item.answer),
        decoded: item.answer,
      });
      return {
        scan_id: scanId,
        item: item.id,
        judge: verdict.judge,
        outcome: verdict.outcome,
        reason: verdict.reason,
        is_right: item.wanted.includes(verdict.outcome) ? 1 : 0,
      };
    }),
  );
}
