// The planned scan as command line, curl and TOML, to be copied.
import { useQuery } from '@tanstack/react-query';
import { datasetsQuery } from '../../api/catalogue.ts';
import { Copy } from '../../parts/copy.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { asCommand, asCurl, asToml } from './as-text.ts';
import { type ScanForm, slugsByDefault } from './plan.ts';

const Code = ({ text }: { readonly text: string }) => (
  <div>
    <pre className="rounded-md bg-ground p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
      {text}
    </pre>
    <div className="mt-2">
      <Copy text={text} />
    </div>
  </div>
);

export function AsText({ form }: { readonly form: ScanForm }) {
  const datasets = useQuery(datasetsQuery);
  const titles = new Map(datasets.data?.map(({ slug, name }) => [slug, name]));
  const named = { ...form, datasets: form.datasets ?? slugsByDefault(datasets.data ?? []) };
  const { kind } = form.target;
  // What a command or a file of VirtueRed's has no words for does not stand there as if it were the same.
  const hasToml = (kind === 'openai' || kind === 'simulated') && form.suite === '';
  return (
    <Panel
      title="The same as text"
      note="The target’s key never stands in it: the command reads it from REDOUBT_TARGET_API_KEY."
    >
      <Tabs
        key={`${kind} ${hasToml}`}
        label="The same as text"
        tabs={[
          ...(kind === 'named' ? [] : [{ id: 'cli', label: 'Command line', content: <Code text={asCommand(form)} /> }]),
          { id: 'curl', label: 'curl', content: <Code text={asCurl(form, location.origin)} /> },
          ...(hasToml ? [{ id: 'toml', label: 'TOML', content: <Code text={asToml(named, titles)} /> }] : []),
        ]}
      />
    </Panel>
  );
}
