// What this package gives: the client, its errors and the shapes it speaks of.
export { Redoubt, type RedoubtOptions } from './client.ts';
export * from './errors.ts';
export { EvalGuard, type EvalGuardOptions, type EvalGuardRequest } from './evalguard.ts';
export type * from './generated.ts';
export { GuardDeniedError } from './guard.ts';
export { type ExportFormat, ScanNotFinishedError, type WatchOptions } from './scans.ts';
export type { CallOptions } from './transport.ts';
