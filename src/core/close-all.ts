// Ends what a process holds, one after the other: what fails is told, and the rest is ended all the same.

/** Runs the steps in order, each whatever became of the one before. Never rejects. */
export async function closeAll(
  steps: readonly (() => Promise<unknown> | undefined)[],
  onError: (error: unknown) => void,
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      onError(error);
    }
  }
}
