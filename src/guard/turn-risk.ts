// How risky one turn is: what the prompt detector says of it where there is one, and cues that need none.
import type { DetectContext, DetectorServices, OpenDetector } from './detectors/detector.ts';
import { detectors } from './detectors/index.ts';
import { formsOf } from './forms.ts';
import { overrideCues } from './override-cues.ts';
import type { TurnRisk } from './session-risk.ts';

/** Detectors whose score is a risk of the turn as such, whatever a policy looks for. */
const riskSources: ReadonlySet<string> = new Set(['modern-guard']);

export function turnRisk(services: DetectorServices): TurnRisk {
  const sources = detectors.filter(({ id }) => riskSources.has(id));
  let opened: Promise<OpenDetector[]> | null = null;
  return async (text) => {
    opened ??= Promise.all(sources.map((source) => source.open(null, services)));
    const context: DetectContext = {
      messages: [{ role: 'user', content: text }],
      index: 0,
      session: null,
      signal: new AbortController().signal,
    };
    let risk = 0;
    for (const form of formsOf(text)) {
      risk = Math.max(risk, overrideCues(form.text));
      for (const source of await opened) risk = Math.max(risk, (await source.detect(form.text, context)).score);
    }
    return risk;
  };
}
