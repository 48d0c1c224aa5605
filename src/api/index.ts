// The list of resources of our own API; a new one is a file and a line here.
import { attacks } from './attacks.ts';
import { audit } from './audit.ts';
import { comparisons } from './comparisons.ts';
import { datasets } from './datasets.ts';
import { findings } from './findings.ts';
import { guardResource } from './guard.ts';
import { keys } from './keys.ts';
import { marks } from './marks.ts';
import { projects } from './projects.ts';
import type { Resource } from './resource.ts';
import { scansResource } from './scans.ts';
import { session } from './session.ts';
import { targets } from './targets.ts';
import { users } from './users.ts';
import { tests } from './tests.ts';

// biome-ignore format: one line a resource
export const resources: readonly Resource[] = [
  attacks,
  audit,
  comparisons,
  datasets,
  findings,
  guardResource,
  keys,
  marks,
  projects,
  scansResource,
  session,
  targets,
  users,
  tests,
];
