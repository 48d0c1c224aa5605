// The list of resources of our own API; a new one is a file and a line here.
import { attacks } from './attacks.ts';
import { comparisons } from './comparisons.ts';
import { datasets } from './datasets.ts';
import { findings } from './findings.ts';
import { guardResource } from './guard.ts';
import { marks } from './marks.ts';
import type { Resource } from './resource.ts';
import { scansResource } from './scans.ts';
import { targets } from './targets.ts';

// biome-ignore format: one line a resource
export const resources: readonly Resource[] = [
  attacks,
  comparisons,
  datasets,
  findings,
  guardResource,
  marks,
  scansResource,
  targets,
];
