// The stored versions of a policy, and what changed from one to the draft at hand.
import { useState } from 'react';
import type { PolicyVersion } from '../../api/shapes.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Time } from '../../parts/time.tsx';
import { type DiffLine, diffLines } from './line-diff.ts';
import { yamlOf } from './policy-yaml.ts';

const looks: Readonly<Record<DiffLine['kind'], string>> = {
  same: 'text-soft',
  gone: 'bg-breached-tint text-ink',
  new: 'bg-held-tint text-ink',
};
const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', gone: '-', new: '+' };

interface PolicyVersionsProps {
  readonly versions: readonly PolicyVersion[];
  /** The YAML in the editor. */
  readonly draft: string;
  readonly onTake: (yaml: string) => void;
}

export function PolicyVersions({ versions, draft, onTake }: PolicyVersionsProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const version = versions.find((each) => each.version === chosen) ?? versions[0];
  if (version === undefined) return null;
  const yaml = yamlOf(version.policy);
  const lines = diffLines(yaml, draft);
  const changed = lines.filter(({ kind }) => kind !== 'same').length;
  return (
    <Panel title="Versions">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Compare the draft with" className="w-72">
          <Select value={version.version} onChange={(event) => setChosen(Number(event.target.value))}>
            {versions.map((each) => (
              <option
                key={each.version}
                value={each.version}
              >{`version ${each.version}, by ${each.created_by}`}</option>
            ))}
          </Select>
        </Field>
        <Button onClick={() => onTake(yaml)} disabled={changed === 0}>
          Take this version back into the editor
        </Button>
      </div>
      <p className="mt-2 text-xs text-soft">
        Saved <Time at={version.created_at} />. {changed === 0 ? 'The draft is the same.' : `${changed} lines differ.`}
      </p>
      {changed > 0 && (
        <pre className="mt-2 overflow-x-auto rounded-md border border-hair py-2 font-mono text-xs">
          {lines.map(({ kind, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines stay in their order
            <div key={index} className={`px-3 ${looks[kind]}`}>
              {`${signs[kind]} ${text}`}
            </div>
          ))}
        </pre>
      )}
    </Panel>
  );
}
