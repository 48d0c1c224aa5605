// The planned scan as command line, curl and TOML, to be copied.
import { useQuery } from '@tanstack/react-query';
import { datasetsQuery } from '../../api/catalogue.ts';
import { Copy } from '../../parts/copy.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { asCommand, asCurl, asToml } from './as-text.ts';
import type { ScanForm } from './plan.ts';

const Code = ({ text }: { readonly text: string }) => (
  <div>
    <pre className="overflow-x-auto rounded-md bg-ground p-3 font-mono text-xs">{text}</pre>
    <div className="mt-2">
      <Copy text={text} />
    </div>
  </div>
);

export function AsText({ form }: { readonly form: ScanForm }) {
  const datasets = useQuery(datasetsQuery);
  const titles = new Map(datasets.data?.map(({ slug, name }) => [slug, name]));
  const shipped = datasets.data?.filter(({ origin }) => origin === 'shipped').map(({ slug }) => slug) ?? [];
  const named = form.datasets.length === 0 ? { ...form, datasets: shipped } : form;
  return (
    <Panel
      title="The same as text"
      note="The target’s key never stands in it: the command reads it from REDOUBT_TARGET_API_KEY."
    >
      <Tabs
        label="The same as text"
        tabs={[
          { id: 'cli', label: 'Command line', content: <Code text={asCommand(form)} /> },
          { id: 'curl', label: 'curl', content: <Code text={asCurl(form, location.origin)} /> },
          { id: 'toml', label: 'TOML', content: <Code text={asToml(named, titles)} /> },
        ]}
      />
    </Panel>
  );
}
