// Lets a worker open the simulated target by its own address: it is started in the worker's process with the first call
// to it, says in every answer what it is, and stops once nobody has it open any more.
import type { ChatModel } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';
import { SIMULATED_URL } from '../core/simulated.ts';
import type { OpenTarget, TargetOpener } from '../models/open-target.ts';
import { createPacer } from '../models/pacing.ts';
import type { SimulatedTarget } from './target-options.ts';

const LATENCY_MS = 20;

interface SharedTarget {
  url(): Promise<string>;
  letGo(): Promise<void>;
}

/** Loaded with the first call: it brings a web server, which no other scan needs. */
async function start(): Promise<SimulatedTarget> {
  const { startSimulatedTarget } = await import('./start-simulated-target.ts');
  return startSimulatedTarget({ latencyMs: LATENCY_MS, jitterMs: LATENCY_MS / 2 });
}

/** One simulated target for all who have it open. */
function sharedTarget(): { take(): SharedTarget } {
  let holders = 0;
  let started: Promise<SimulatedTarget> | null = null;
  return {
    take() {
      holders += 1;
      return {
        async url() {
          started ??= start();
          return (await started).url;
        },
        async letGo() {
          holders -= 1;
          if (holders > 0 || started === null) return;
          const ending = started;
          started = null;
          await (await ending).close();
        },
      };
    },
  };
}

/** A model that is opened with its first call. */
function openedLater(open: () => Promise<OpenTarget>, letGo: () => Promise<void>): ChatModel {
  let opening: Promise<OpenTarget> | null = null;
  let opened: OpenTarget | null = null;
  return {
    async call(request) {
      opening ??= open();
      opened = await opening;
      return opened.model.call(request);
    },
    adaptations: () => opened?.model.adaptations() ?? [],
    async close() {
      await (await opening)?.close();
      await letGo();
    },
  };
}

/** `open` opens all other targets; `openLocal` may call this machine. */
export function withSimulatedTarget(open: TargetOpener, openLocal: TargetOpener, clock: Clock): TargetOpener {
  const shared = sharedTarget();
  return (target, secrets, targetKey) => {
    if (target.url !== SIMULATED_URL) return open(target, secrets, targetKey);
    const held = shared.take();
    const model = openedLater(
      async () => openLocal({ ...target, url: await held.url() }, secrets, targetKey),
      held.letGo,
    );
    const { concurrency, qpm } = target;
    return { model, pacer: createPacer({ concurrency, qpm, clock }), close: () => model.close() };
  };
}
