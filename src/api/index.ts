// The list of resources of our own API; a new one is a file and a line here.
import { attacks } from './attacks.ts';
import { audit } from './audit.ts';
import { breakdown } from './breakdown.ts';
import { comparisons } from './comparisons.ts';
import { datasets } from './datasets.ts';
import { detectors } from './detectors.ts';
import { events } from './events.ts';
import { scanExports } from './exports.ts';
import { findings } from './findings.ts';
import { frameworks } from './frameworks.ts';
import { guardResource } from './guard.ts';
import { guardCheck } from './guard-check.ts';
import { guardTraffic } from './guard-traffic.ts';
import { hardeningResource } from './hardening.ts';
import { home } from './home.ts';
import { judges } from './judges.ts';
import { keys } from './keys.ts';
import { marks } from './marks.ts';
import { policies } from './policies.ts';
import { projects } from './projects.ts';
import type { Resource } from './resource.ts';
import { scansResource } from './scans.ts';
import { serverResource } from './server.ts';
import { session } from './session.ts';
import { sessionOidc } from './session-oidc.ts';
import { targets } from './targets.ts';
import { tests } from './tests.ts';
import { usage } from './usage.ts';
import { users } from './users.ts';
import { webhooks } from './webhooks.ts';

// biome-ignore format: one line a resource
export const resources: readonly Resource[] = [
  attacks,
  audit,
  breakdown,
  comparisons,
  datasets,
  events,
  scanExports,
  findings,
  detectors,
  guardCheck,
  frameworks,
  guardResource,
  guardTraffic,
  home,
  judges,
  keys,
  hardeningResource,
  marks,
  projects,
  scansResource,
  serverResource,
  session,
  sessionOidc,
  targets,
  users,
  policies,
  tests,
  webhooks,
  usage,
];
