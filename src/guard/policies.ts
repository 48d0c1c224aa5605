// The policies in force: files that ship or lie in the data folder and those of redoubt.yaml, and over them those that
// a project has stored.
import { invalidField, RedoubtError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { noteInAudit } from '../store/audit.ts';
import { currentPolicies, insertPolicy } from '../store/guard.ts';
import type { GuardPolicyRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { DetectorServices } from './detectors/detector.ts';
import { type OpenPolicy, openPolicy, ownWords, type PolicyWords, unopenedPolicy } from './open-policy.ts';
import { type Policy, policySchema, saysTheSame, writtenPolicy } from './policy.ts';
import { createPolicyFiles } from './policy-files.ts';
import { policiesInSettings } from './settings-policies.ts';

/** Where policies lie; those of the project come before those of the files. */
export interface PolicySource {
  all(projectId: string): Promise<readonly OpenPolicy[]>;
  find(projectId: string, id: string): Promise<OpenPolicy | undefined>;
  /** Those that hold for requests which name none. */
  defaults(projectId: string): Promise<readonly OpenPolicy[]>;
  /** Stores a new version of a policy; gives it as it holds from now on, ready. Throws what `openPolicy` throws. */
  save(projectId: string, policy: Policy, createdBy: string, words: PolicyWords): Promise<OpenPolicy>;
  /** The same, but one that says what is stored already stays as it is, under its version. */
  saveChanged(projectId: string, policy: Policy, createdBy: string, words: PolicyWords): Promise<OpenPolicy>;
}

export interface PolicySourceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly services: DetectorServices;
  /** Folders of YAML files; a later one holds over an earlier. The first is what ships. */
  readonly folders: readonly string[];
  /** Those of redoubt.yaml by name, as written: over what ships; beside a file of the same id they are an error. */
  readonly inSettings?: Readonly<Record<string, unknown>>;
  /** Told once of each file that became wrong while the server runs, and of each stored policy that no longer opens. */
  readonly onProblem: (problem: RedoubtError) => void;
}

/** Files and rows are looked at again after this long: a change holds within a second, whoever made it. */
const LOOK_EVERY_MS = 1000;

interface ProjectPolicies {
  readonly lookedAt: number;
  /** Which versions are stored: says whether anything changed. */
  readonly versions: string;
  readonly all: readonly OpenPolicy[];
  readonly defaults: readonly OpenPolicy[];
}

const readRow = (row: GuardPolicyRow): Policy => ({
  ...policySchema.parse(JSON.parse(row.body)),
  version: row.version,
});

const inForce = (all: readonly OpenPolicy[]): Pick<ProjectPolicies, 'all' | 'defaults'> => ({
  all,
  defaults: all.filter((each) => each.policy.byDefault),
});

/** One policy that no longer opens (a detector that takes something else now) must not fail what the others decide. */
function storedPolicyOpener({ services, onProblem }: PolicySourceOptions) {
  const toldOf = new Set<string>();
  return async (projectId: string, row: GuardPolicyRow): Promise<OpenPolicy> => {
    const policy = readRow(row);
    try {
      return await openPolicy(policy, services, ownWords(row.id));
    } catch (error) {
      if (!(error instanceof RedoubtError)) throw error;
      const version = `${projectId} ${row.id}@${row.version}`;
      if (!toldOf.has(version)) onProblem(error);
      toldOf.add(version);
      return unopenedPolicy(policy, error.message);
    }
  };
}

const openInSettings = ({ services, inSettings = {} }: PolicySourceOptions): Promise<OpenPolicy[]> =>
  Promise.all(
    policiesInSettings(inSettings).map((policy) =>
      openPolicy(policy, services, ownWords(`Setting policies.${policy.id}`)),
    ),
  );

const heldRow = async (store: Store, projectId: string, id: string): Promise<GuardPolicyRow | undefined> =>
  (await currentPolicies(store, projectId)).find((row) => row.id === id);

/** Stores the policy as its next version; gives it with that. */
async function storeNext(
  { store, clock }: PolicySourceOptions,
  projectId: string,
  policy: Policy,
  createdBy: string,
): Promise<Policy> {
  const held = await heldRow(store, projectId, policy.id);
  const saved = { ...policy, version: (held?.version ?? 0) + 1 };
  const row = {
    project_id: projectId,
    id: policy.id,
    version: saved.version,
    body: JSON.stringify(writtenPolicy(saved)),
  };
  if (!(await insertPolicy(store, { ...row, created_by: createdBy, created_at: clock.now() })))
    throw invalidField('id', `"${policy.id}" was just stored by another request. Send it again.`);
  const entry = { project_id: projectId, created_at: clock.now(), actor: createdBy };
  await noteInAudit(store, { ...entry, action: 'policy.save', subject: `${policy.id} version ${saved.version}` });
  return saved;
}

/** Opens the source. Throws FILE_INVALID for a file that is wrong at the start, and what is wrong in the settings. */
export async function openPolicySource(options: PolicySourceOptions): Promise<PolicySource> {
  const { store, clock, services, folders, onProblem } = options;
  const ofSettings = await openInSettings(options);
  const files = createPolicyFiles(folders, services, new Set(ofSettings.map(({ policy }) => policy.id)));
  await files.refresh();
  const [wrong] = files.problems();
  if (wrong) throw wrong;
  let filesLookedAt = clock.monotonic();
  let fileChanges = 0;
  const projects = new Map<string, ProjectPolicies>();
  const openStored = storedPolicyOpener(options);

  async function lookAtFiles(now: number): Promise<void> {
    if (now - filesLookedAt < LOOK_EVERY_MS) return;
    filesLookedAt = now;
    if (!(await files.refresh())) return;
    fileChanges += 1;
    for (const problem of files.problems()) onProblem(problem);
  }

  async function load(projectId: string, now: number): Promise<ProjectPolicies> {
    const rows = await currentPolicies(store, projectId);
    const versions = `${fileChanges} ${rows.map((row) => `${row.id}@${row.version}`).join(' ')}`;
    const before = projects.get(projectId);
    if (before?.versions === versions) return { ...before, lookedAt: now };
    const stored = await Promise.all(rows.map((row) => openStored(projectId, row)));
    const byId = new Map([...files.policies(), ...ofSettings, ...stored].map((each) => [each.policy.id, each]));
    return { lookedAt: now, versions, ...inForce([...byId.values()]) };
  }

  async function ofProject(projectId: string): Promise<ProjectPolicies> {
    const now = clock.monotonic();
    const known = projects.get(projectId);
    if (known && now - known.lookedAt < LOOK_EVERY_MS) return known;
    await lookAtFiles(now);
    const loaded = await load(projectId, now);
    projects.set(projectId, loaded);
    return loaded;
  }

  async function save(projectId: string, policy: Policy, createdBy: string, words: PolicyWords): Promise<OpenPolicy> {
    const { checks } = await openPolicy(policy, services, words);
    const saved = await storeNext(options, projectId, policy, createdBy);
    projects.delete(projectId);
    return { policy: saved, checks };
  }

  return {
    all: async (projectId) => (await ofProject(projectId)).all,
    find: async (projectId, id) => (await ofProject(projectId)).all.find((each) => each.policy.id === id),
    defaults: async (projectId) => (await ofProject(projectId)).defaults,
    save,
    async saveChanged(projectId, policy, createdBy, words) {
      const held = await heldRow(store, projectId, policy.id);
      if (held === undefined || !saysTheSame(readRow(held), policy)) return save(projectId, policy, createdBy, words);
      const { checks } = await openPolicy(policy, services, words);
      return { policy: readRow(held), checks };
    },
  };
}
