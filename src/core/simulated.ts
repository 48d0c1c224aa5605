// The simulated target by name: every worker answers for this address itself, so that a demonstration needs neither a
// port nor a network, and goes on after a restart. `.invalid` resolves nowhere (RFC 2606).

export const SIMULATED_URL = 'http://simulated.invalid/v1';

/** How easily it gives in, from hardly ever to nearly always. */
export const simulatedProfiles = ['hardened', 'average', 'naive'] as const;
export type SimulatedProfile = (typeof simulatedProfiles)[number];

const PREFIX = 'simulated-';

/** The simulated models' names, which say what they are. */
export const simulatedModel = (profile: SimulatedProfile): string => `${PREFIX}${profile}`;

/** The header in which a simulated target names its model beside every answer, also one that says nothing or is an error. */
export const SIMULATED_HEADER = 'x-redoubt-simulated';

const models = new Set(simulatedProfiles.map(simulatedModel));

/** The simulated model that a header of an answer names; null where it names none. */
export function simulatedModelIn(headers: Readonly<Record<string, unknown>>): string | null {
  const name = headers[SIMULATED_HEADER];
  return typeof name === 'string' && models.has(name) ? name : null;
}

/** Whether a model says of itself that it is simulated. */
const isSimulatedModel = (name: string): boolean => name.startsWith(PREFIX);

/**
 * Whether a target is simulated: by its address, by the model that is asked for, or by what its answers or
 * their headers call themselves.
 */
export const isSimulatedTarget = (
  target: { readonly url: string; readonly model: string },
  namesReturned: readonly string[] = [],
): boolean => target.url === SIMULATED_URL || [target.model, ...namesReturned].some(isSimulatedModel);
