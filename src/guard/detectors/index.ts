// The list of detectors; a new one is a file and a line here.
import { unknownValue } from '../../core/errors.ts';
import { codedText } from './coded-text.ts';
import { complianceCheck } from './compliance-check.ts';
import { contains } from './contains.ts';
import type { Detector } from './detector.ts';
import { examples } from './examples.ts';
import { invisibleText } from './invisible-text.ts';
import { moderation } from './moderation.ts';
import { modernGuard } from './modern-guard.ts';
import { pii } from './pii/pii.ts';
import { regex } from './regex.ts';
import { secrets } from './secrets/secrets.ts';
import { sessionCheck } from './session-check.ts';
import { systemPromptLeak } from './system-prompt-leak.ts';
import { toolPoisoning } from './tool-poisoning.ts';
import { topics } from './topics.ts';
import { trainedHead } from './trained-head.ts';
import { urls } from './urls.ts';

// biome-ignore format: one line a detector
export const detectors: readonly Detector[] = [
  contains,
  invisibleText,
  moderation,
  modernGuard,
  pii,
  regex,
  secrets,
  urls,
  systemPromptLeak,
  toolPoisoning,
  sessionCheck,
  topics,
  complianceCheck,
  codedText,
  examples,
  trainedHead,
];

/** The detector with this id. Throws UNKNOWN_VALUE, which names `field`. */
export function requireDetector(id: string, field: string): Detector {
  const detector = detectors.find((each) => each.id === id);
  if (!detector)
    throw unknownValue(
      field,
      id,
      detectors.map((each) => each.id),
    );
  return detector;
}
