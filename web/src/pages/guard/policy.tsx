// One policy: as a form and as YAML, its versions with what changed, tried on a text and on recorded decisions before it is saved.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, ask } from '../../api/client.ts';
import type { PolicyDetail, WrittenPolicy } from '../../api/shapes.ts';
import { Button } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Problem } from '../../parts/states.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { NotFound } from '../not-found.tsx';
import { PolicyForm } from './policy-form.tsx';
import { PolicyTrial } from './policy-trial.tsx';
import { PolicyVersions } from './policy-versions.tsx';
import { readYaml, yamlOf } from './policy-yaml.ts';

const fresh: WrittenPolicy = {
  id: 'my-policy',
  version: 1,
  definition: null,
  targets: ['user'],
  rules: [{ detector: 'modern-guard', action: 'block', threshold: null }],
  on_failure: 'closed',
  time_limit_ms: 2000,
  override_response: null,
  by_default: false,
};

interface YamlEditorProps {
  readonly text: string;
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
}

function YamlEditor({ text, problem, onChange }: YamlEditorProps) {
  return (
    <>
      <textarea
        aria-label="The policy as YAML"
        spellCheck={false}
        rows={22}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-edge bg-paper p-3 font-mono text-xs"
      />
      {problem !== null && <p className="mt-1 text-xs whitespace-pre-wrap text-breached">{problem}</p>}
    </>
  );
}

interface Saved {
  readonly policy: WrittenPolicy;
  readonly remarks: string[];
}

function Save({ policy }: { readonly policy: Record<string, unknown> | null }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = typeof policy?.id === 'string' ? policy.id : '';
  const save = useMutation({
    mutationFn: () => ask<Saved>(`/policies/${encodeURIComponent(id)}`, { method: 'PUT', body: policy }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['policies'] });
      await client.invalidateQueries({ queryKey: ['policy', saved.policy.id] });
      await navigate({ to: '/dashboard/policies/$id', params: { id: saved.policy.id } });
    },
  });
  return (
    <div className="mt-4 flex flex-col items-start gap-2">
      {save.isError && <Problem error={save.error} />}
      {save.data && (
        <div role="status">
          <p>Saved as version {save.data.policy.version}.</p>
          {save.data.remarks.map((remark) => (
            <p key={remark} className="text-xs text-soft">
              {remark}
            </p>
          ))}
        </div>
      )}
      <Button kind="main" disabled={policy === null || id === '' || save.isPending} onClick={() => save.mutate()}>
        Save as a new version
      </Button>
    </div>
  );
}

function Editor({ detail }: { readonly detail: PolicyDetail | null }) {
  const [text, setText] = useState(() => yamlOf(detail?.policy ?? fresh));
  const { policy, problem } = readYaml(text);
  const form =
    policy === null ? (
      <p className="text-soft">The YAML cannot be read: mend it there first.</p>
    ) : (
      <PolicyForm policy={policy} onChange={(next) => setText(yamlOf(next as WrittenPolicy))} isNew={detail === null} />
    );
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <Panel>
          <Tabs
            label="The policy"
            tabs={[
              { id: 'form', label: 'Form', content: form },
              { id: 'yaml', label: 'YAML', content: <YamlEditor text={text} problem={problem} onChange={setText} /> },
            ]}
          />
          <Save policy={policy} />
        </Panel>
        {detail !== null && <PolicyVersions versions={detail.versions} draft={text} onTake={setText} />}
      </div>
      <PolicyTrial draft={policy} />
    </div>
  );
}

const fromWhere = ({ stored, policy }: PolicyDetail): string =>
  stored ? `Stored, version ${policy.version}.` : 'From a file; what you save here holds over it in this project.';

export function Page() {
  const { id = '' } = useParams({ strict: false });
  const isNew = id === 'new';
  const detail = useQuery({
    queryKey: ['policy', id],
    queryFn: ({ signal }) => ask<PolicyDetail>(`/policies/${encodeURIComponent(id)}`, { signal }),
    enabled: !isNew,
  });
  if (detail.error instanceof ApiProblem && detail.error.status === 404) return <NotFound />;
  return (
    <>
      <PageHead
        title={isNew ? 'New policy' : id}
        above={<Link to="/dashboard/policies">Policies</Link>}
        note={detail.data && fromWhere(detail.data)}
      />
      {isNew && <Editor detail={null} />}
      {!isNew && detail.isPending && (
        <Panel>
          <Lines count={12} />
        </Panel>
      )}
      {!isNew && detail.isError && <Problem error={detail.error} onAgain={() => void detail.refetch()} />}
      {!isNew && detail.data && <Editor detail={detail.data} />}
    </>
  );
}
