// Errors of a loop that goes on: the same one in a row is told once.

/** Tells of an error unless it is the one that was told last; null ends a row of them. */
export function createErrorReport(onError: (error: unknown) => void): (error: unknown) => void {
  let last: string | null = null;
  return (error) => {
    const message = error === null ? null : String(error);
    if (message !== null && message !== last) onError(error);
    last = message;
  };
}
