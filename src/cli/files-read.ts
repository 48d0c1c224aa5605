// Files that a command reads: what it leaves must not be written over one of them.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { invalidField } from '../core/errors.ts';
import { EVIDENCE_FILE } from '../scan/evidence/files.ts';
import { type FormatId, fileNameOf } from './formats.ts';
import { chosenTarget, filesOfEntry } from './named-target.ts';
import { isDatasetFile, type ScanFlags, saidBy } from './scan-options.ts';

/** Also under another name: a link, or another way to write its path. */
export function isSameFile(path: string, other: string): boolean {
  if (!existsSync(path) || !existsSync(other)) return false;
  const [one, two] = [statSync(path), statSync(other)];
  return one.dev === two.dev && one.ino === two.ino;
}

/** What the flags and the settings name, by what they name it. */
function filesOf(flags: ScanFlags, settings: Settings): [path: string | undefined, field: string][] {
  const chosen = chosenTarget(flags.target, settings);
  const dataset = saidBy(flags, 'dataset');
  return [
    ...flags.dataset.filter(isDatasetFile).map((path): [string, string] => [path, dataset]),
    [flags.curl, '--curl'],
    [flags.system, '--system'],
    [settings.file ?? undefined, '--config'],
    ...(chosen === null ? [] : filesOfEntry(chosen)),
  ];
}

/** Throws INVALID_FIELD where a file of the scan would be written over one that it reads. */
export function requireOtherFiles(flags: ScanFlags, settings: Settings, formats: readonly FormatId[]): void {
  const names = [...formats.map(fileNameOf), EVIDENCE_FILE];
  for (const [path, field] of filesOf(flags, settings)) {
    const name = path === undefined ? undefined : names.find((each) => isSameFile(path, join(flags.out ?? '.', each)));
    if (name !== undefined)
      throw invalidField(
        saidBy(flags, 'out'),
        `${name} there is the file that ${field} reads, and would be written over. Name another folder.`,
      );
  }
}
