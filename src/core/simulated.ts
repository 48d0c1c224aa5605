// The simulated target by name: every worker answers for this address itself, so that a demonstration needs neither a
// port nor a network, and goes on after a restart. `.invalid` resolves nowhere (RFC 2606).

export const SIMULATED_URL = 'http://simulated.invalid/v1';

/** How easily it gives in, from hardly ever to nearly always. */
export const simulatedProfiles = ['hardened', 'average', 'naive'] as const;
export type SimulatedProfile = (typeof simulatedProfiles)[number];

const PREFIX = 'simulated-';

/** The simulated models' names, which say what they are. */
export const simulatedModel = (profile: SimulatedProfile): string => `${PREFIX}${profile}`;

/** Whether a model says of itself that it is simulated. */
const isSimulatedModel = (name: string): boolean => name.startsWith(PREFIX);

/**
 * Whether a target is simulated: by its address, by the model that is asked for, or by what its answers call
 * themselves. A target that gave no whole answer has named itself nowhere.
 */
export const isSimulatedTarget = (
  target: { readonly url: string; readonly model: string },
  namesReturned: readonly string[] = [],
): boolean => target.url === SIMULATED_URL || [target.model, ...namesReturned].some(isSimulatedModel);
