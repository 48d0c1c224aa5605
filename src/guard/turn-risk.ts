// What is read of one turn of a session: what the prompt detector and cues say of it, and whether it is a step of an attack.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { RedoubtError } from '../core/errors.ts';
import { logitOf } from '../inference/calibration.ts';
import { similarity } from '../inference/embedder.ts';
import type { DetectContext, DetectorServices, OpenDetector } from './detectors/detector.ts';
import { detectors } from './detectors/index.ts';
import { sharedEmbedder } from './detectors/shared-embedder.ts';
import { formsOf } from './forms.ts';
import { overrideCues } from './override-cues.ts';
import type { SessionWeights, TurnReader } from './session-risk.ts';

const file = fileURLToPath(new URL('../../data/models/session-check/head.json', import.meta.url));

/** Log-odds that a turn is a step: `bias` and the product of `weights` with its unit vector. `session`: see SessionWeights. */
const headSchema = z.object({
  id: z.string(),
  bias: z.number(),
  weights: z.array(z.number()).transform((weights) => Float32Array.from(weights)),
  session: z.object({ bias: z.number(), steps: z.number(), joined: z.number(), worst: z.number() }),
});

type Head = z.infer<typeof headSchema>;

let head: Head | null = null;
function openHead(): Head {
  head ??= headSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return head;
}

/** The weights that ship. */
export const sessionWeights = (): SessionWeights => openHead().session;

/** Detectors whose score is a risk of the turn as such, whatever a policy looks for. */
const riskSources: ReadonlySet<string> = new Set(['modern-guard']);

function riskReader(services: DetectorServices): TurnReader['riskOf'] {
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

/** Its vector's log-odds; null where no encoder can run. */
async function stepByMeaning(text: string): Promise<number | null> {
  const { bias, weights } = openHead();
  try {
    const [vector] = await (await sharedEmbedder()).embed([text]);
    return bias + similarity(vector!, weights);
  } catch (error) {
    if (error instanceof RedoubtError && error.code === 'RUNTIME_MISSING') return null;
    throw error;
  }
}

export function turnReader(services: DetectorServices): TurnReader {
  const riskOf = riskReader(services);
  return { riskOf, stepOf: async (text) => (await stepByMeaning(text)) ?? Math.min(1, logitOf(await riskOf(text))) };
}
