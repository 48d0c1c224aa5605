// The shapes of answers, taken from the schemas of the server's own routes: types only, nothing of the server is built in.
import type { z } from 'zod';
import type { KeyAnswer } from '../../../src/api/keys.ts';
import type { scanDetailSchema, scanSchema } from '../../../src/api/scan-answer.ts';
import type { scanBody, targetBody } from '../../../src/api/scan-body.ts';
import type { testDetailSchema, testSchema, tryDetailSchema } from '../../../src/api/test-answer.ts';
import type { userSchema } from '../../../src/api/user-shape.ts';

export type { AttackEntry, AttackPreview, SuiteEntry } from '../../../src/api/attacks.ts';
export type { AuditAnswer as AuditEntry } from '../../../src/api/audit.ts';
export type {
  BreakdownGroupAnswer as BreakdownGroup,
  HeatMapAnswer as HeatMapData,
} from '../../../src/api/breakdown.ts';
export type {
  ComparedTestAnswer as ComparedTest,
  ComparisonAnswer as Comparison,
} from '../../../src/api/comparisons.ts';
export type { CaseEntry, DatasetEntry, FileReport } from '../../../src/api/datasets.ts';
export type { DetectorEntry } from '../../../src/api/detectors.ts';
export type { FindingAnswer as Finding, ScanFindingsAnswer as ScanFindings } from '../../../src/api/findings.ts';
export type { FrameworksAnswer as Frameworks } from '../../../src/api/frameworks.ts';
export type { DecisionEntry, DryRunAnswer } from '../../../src/api/guard.ts';
export type { GuardAnswer } from '../../../src/api/guard-check.ts';
export type {
  GuardSessionAnswer as GuardSession,
  TrafficAnswer as GuardTraffic,
} from '../../../src/api/guard-traffic.ts';
export type { HardenedAnswer as Hardened, HardeningAnswer as HardeningEntry } from '../../../src/api/hardening.ts';
export type { HomeAnswer as Home } from '../../../src/api/home.ts';
export type { JudgesAnswer as Judges } from '../../../src/api/judges.ts';
export type { PolicyDetail, PolicyEntry, PolicyVersion, WrittenPolicy } from '../../../src/api/policies.ts';
export type { ProjectAnswer as Project } from '../../../src/api/projects.ts';
export type { EstimateAnswer as ScanEstimate } from '../../../src/api/scans.ts';
export type { ServerAnswer } from '../../../src/api/server.ts';
export type { SessionAnswer as Session } from '../../../src/api/session.ts';
export type { SignInWays } from '../../../src/api/session-oidc.ts';
export type { ConnectionAnswer as ConnectionTest } from '../../../src/api/targets.ts';
export type { UsageAnswer as Usage } from '../../../src/api/usage.ts';
export type { LinkAnswer as SignInLink } from '../../../src/api/users.ts';
export type { Summary as ScanSummary } from '../../../src/scan/summarise.ts';

export type Scan = z.infer<typeof scanSchema>;
export type ScanDetail = z.infer<typeof scanDetailSchema>;
export type ScanBodyInput = z.input<typeof scanBody>;
export type TargetBodyInput = z.input<typeof targetBody>;
export type TestEntry = z.infer<typeof testSchema>;
export type TestDetail = z.infer<typeof testDetailSchema>;
export type TryDetail = z.infer<typeof tryDetailSchema>;
export type ApiKey = KeyAnswer;
export type NewApiKey = KeyAnswer & { readonly key: string };
export type User = z.infer<typeof userSchema>;
