// Prompt injection and jailbreak, by a model trained for this project (data/models/modern-guard).
import { backing, type Cascade, openCascade, type ScoredWindow, thresholdFor } from '../cascade.ts';
import { type Detection, type Detector, nothingDetected, SAFE_LABEL, type Span } from './detector.ts';

const LABEL = 'INJECTION';

let shared: Cascade | null = null;
const cascade = (): Cascade => {
  shared ??= openCascade();
  return shared;
};

function detectionOf(windows: readonly ScoredWindow[]): Detection {
  if (windows.length === 0) return nothingDetected;
  const score = Math.max(...windows.map((window) => window.score));
  return {
    score,
    labels: [
      { label: score >= 0.5 ? LABEL : SAFE_LABEL, score: score >= 0.5 ? score : 1 - score },
      { label: score >= 0.5 ? SAFE_LABEL : LABEL, score: score >= 0.5 ? 1 - score : score },
    ],
    spans: windows.map(({ start, end, score: own }): Span => ({ start, end, label: LABEL, score: own })),
    windows: windows.length,
    backing: backing(windows),
  };
}

export const modernGuard: Detector = {
  id: 'modern-guard',
  title: 'Prompt injection and jailbreak',
  summary: 'Finds attempts to turn a model against its instructions, in messages, documents and tool results.',
  version: 4,
  cost: 'encoder',
  experimental: false,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference: null,
  open() {
    return {
      detect(text) {
        const windows = cascade().score(text);
        return windows instanceof Promise ? windows.then(detectionOf) : detectionOf(windows);
      },
    };
  },
  thresholdFor: (threshold, { windows = 1, backing: backed = 1 }) =>
    thresholdFor(threshold, windows, backed, cascade().settings.rise),
};
