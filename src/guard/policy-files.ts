// Policies in YAML files, one a file: read at the start, and again whenever a file changes, comes or goes.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { RedoubtError } from '../core/errors.ts';
import { fieldPath } from '../core/field-path.ts';
import { wordsOfIssue } from '../core/settings-words.ts';
import type { DetectorServices } from './detectors/detector.ts';
import { type OpenPolicy, openPolicy, ownWords } from './open-policy.ts';
import { type Policy, policySchema } from './policy.ts';

interface KnownFile {
  /** Changes whenever the file does. */
  readonly stamp: string;
  readonly open: OpenPolicy | null;
  readonly problem: RedoubtError | null;
}

export interface PolicyFiles {
  /** Looks at the files again. Gives true where anything changed. A file that became wrong keeps what it said before. */
  refresh(): Promise<boolean>;
  /** Of two files with the same id the later folder's holds. */
  policies(): readonly OpenPolicy[];
  /** What is wrong with files at present, each in one sentence that names the file. */
  problems(): readonly RedoubtError[];
}

const isPolicyFile = (name: string): boolean => /\.ya?ml$/.test(name);

/** Device and inode tell of a file that was exchanged within the clock's grain, as editors do. */
function stampOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path);
  return `${mtimeMs} ${size} ${ino}`;
}

const invalid = (path: string, reason: string, cause?: unknown): RedoubtError =>
  new RedoubtError('FILE_INVALID', { field: path, reason: `${reason}.` }, cause);

function parsedYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message.split('\n')[0]!.replace(/:$/, '') : 'no YAML', cause);
  }
}

/** The policy in the text of a file. Throws FILE_INVALID with one sentence that names the file. */
export function policyInText(text: string, path: string): Policy {
  const parsed = policySchema.safeParse(parsedYaml(text, path), { error: wordsOfIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw invalid(path, `${fieldPath([...issue.path, issue.keys.join(', ')])} is no part of a policy`);
  throw invalid(path, `${fieldPath(issue?.path ?? [])} ${issue?.message}`.trimStart());
}

async function readPolicyFile(path: string, services: DetectorServices): Promise<OpenPolicy> {
  try {
    return await openPolicy(policyInText(readFileSync(path, 'utf8'), path), services, ownWords(path));
  } catch (cause) {
    if (cause instanceof RedoubtError) throw cause;
    throw invalid(path, cause instanceof Error ? cause.message.split('\n')[0]! : 'cannot be read', cause);
  }
}

const twice = (path: string, id: string): RedoubtError =>
  new RedoubtError('FILE_INVALID', {
    field: path,
    reason: `the policy "${id}" stands under policies: in redoubt.yaml as well. Keep one of the two.`,
  });

/** `taken`: ids that redoubt.yaml has; of a file that does not ship they are a problem. The first folder is what ships. */
export function createPolicyFiles(
  folders: readonly string[],
  services: DetectorServices,
  taken: ReadonlySet<string> = new Set(),
): PolicyFiles {
  let known = new Map<string, KnownFile>();
  const listed = (): string[] =>
    folders
      .filter((folder) => existsSync(folder))
      .flatMap((folder) =>
        readdirSync(folder)
          .filter(isPolicyFile)
          .sort()
          .map((name) => join(folder, name)),
      );
  const read = async (path: string, stamp: string, before: KnownFile | undefined): Promise<KnownFile> => {
    try {
      const open = await readPolicyFile(path, services);
      if (taken.has(open.policy.id) && dirname(path) !== folders[0]) throw twice(path, open.policy.id);
      return { stamp, open, problem: null };
    } catch (error) {
      if (!(error instanceof RedoubtError)) throw error;
      return { stamp, open: before?.open ?? null, problem: error };
    }
  };
  return {
    async refresh() {
      const next = new Map<string, KnownFile>();
      let changed = false;
      for (const path of listed()) {
        const stamp = stampOf(path);
        const before = known.get(path);
        const same = before?.stamp === stamp;
        changed ||= !same;
        next.set(path, same ? before : await read(path, stamp, before));
      }
      changed ||= next.size !== known.size;
      known = next;
      return changed;
    },
    policies() {
      const open = [...known.values()].flatMap((file) => (file.open ? [file.open] : []));
      return [...new Map(open.map((each) => [each.policy.id, each])).values()];
    },
    problems: () => [...known.values()].flatMap((file) => (file.problem ? [file.problem] : [])),
  };
}
