// Where in a request something stands, as people write it.

/** E.g. ["datasets", 0, "name"] as "datasets[0].name"; empty for the whole. */
export const fieldPath = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
