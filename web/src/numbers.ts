// Numbers as people read them: counts with separators, times.
const counts = new Intl.NumberFormat(undefined);

export const count = (n: number): string => counts.format(n);

export const milliseconds = (ms: number): string => (ms < 10 ? `${ms.toFixed(2)} ms` : `${Math.round(ms)} ms`);
