// What a simulated target can be told: its profile, its faults, its shape.
import type { Clock } from '../core/ports.ts';
import { type SimulatedProfile, simulatedModel, simulatedProfiles } from '../core/simulated.ts';
import type { Shape } from './shapes.ts';

export const profiles = simulatedProfiles;
export type Profile = SimulatedProfile;
export const modelName = simulatedModel;

/** One request as it arrived, for tests that look at what a client really sent. */
export interface ArrivedRequest {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds of the clock's monotonic time. */
  readonly arrivedAt: number;
  readonly body: unknown;
  /** The header as it was sent; null where there was none. */
  readonly authorization: string | null;
}

/** Probabilities lie in [0, 1] and are drawn independently for each request. */
export interface SimulatedTargetOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** Who answers when the request names none of the simulated models. Default average. */
  readonly profile?: Profile;
  /** Default 1. */
  readonly seed?: number;
  /** The one accepted key; without it any non-empty bearer will do. */
  readonly key?: string;
  /** A planted secret, known to the model whatever the system prompt says. */
  readonly systemSecret?: string;
  /** Milliseconds before an answer begins. */
  readonly latencyMs?: number;
  /** Milliseconds by which latency varies to either side. */
  readonly jitterMs?: number;
  /** Share of requests answered with status 500. */
  readonly failRate?: number;
  /** Share of requests answered with status 429. */
  readonly rate429?: number;
  /** Share of requests never answered. */
  readonly hang?: number;
  /** Share of answers that break off in the middle. */
  readonly cut?: number;
  /** Share of answers with status 200 and no text. */
  readonly empty?: number;
  /** Whole seconds in the header Retry-After of a 429. Default 1. */
  readonly retryAfterS?: number;
  /** A peculiarity of real endpoints to imitate. */
  readonly shape?: Shape;
  /** Said to every request instead of an answer of its own. */
  readonly fixedAnswer?: string;
  readonly clock?: Clock;
  readonly onRequest?: (request: ArrivedRequest) => void;
}

/** Where a simulated target listens, and what it has seen. */
export interface SimulatedTarget {
  /** The base URL for clients, ending in /v1. */
  readonly url: string;
  readonly port: number;
  /** Breaks off what is still open and frees the port. */
  close(): Promise<void>;
  stats(): TargetStats;
}

/** Counts of chat requests since the start. */
export interface TargetStats {
  readonly requests: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
}

/** The profile that a request's model name asks for; null where it names another model. */
export const profileOfModel = (model: string): Profile | null =>
  profiles.find((profile) => modelName(profile) === model) ?? null;
