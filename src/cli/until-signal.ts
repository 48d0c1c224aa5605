// Waits for the signal that ends a long-running command.

/** Resolves at SIGINT or SIGTERM; a second signal ends the process at once. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const end = (signal: NodeJS.Signals): void => {
      for (const each of ['SIGINT', 'SIGTERM'] as const) {
        process.off(each, end);
        process.once(each, () => process.exit(130));
      }
      resolve(signal);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
