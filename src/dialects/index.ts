// The list of dialects; a new one is a folder and a line here.
import type { Dialect } from './dialect.ts';
import { evalguard } from './evalguard/routes.ts';
import { guardion } from './guardion/routes.ts';
import { virtueredLegacy } from './virtuered/legacy/routes.ts';
import { virtuered } from './virtuered/routes.ts';

// biome-ignore format: one line a dialect
export const dialects: readonly Dialect[] = [
  virtuered,
  virtueredLegacy,
  evalguard,
  guardion,
];
