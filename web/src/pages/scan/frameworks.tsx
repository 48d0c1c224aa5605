// The scan under each framework: controls that failed, in which no failure was found, that were not tested.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { Frameworks, ScanDetail } from '../../api/shapes.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { count, percent } from '../../numbers.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { decidedOutcomes } from '../../rate-kinds.ts';
import { useFilters } from '../../search.ts';
import { ScanFrame } from './scan-frame.tsx';

type Framework = Frameworks['frameworks'][number];
type Control = Framework['controls'][number];

/** "No failure found" is not green: it is no proof. */
const tones: Readonly<Record<Control['status'], Tone>> = {
  failed: 'breached',
  'no failure found': 'accent',
  'not tested': 'unknown',
  'not testable by prompting': 'unknown',
};

const parts = [
  ['failed', 'breached'],
  ['no failure found', 'refused'],
  ['not tested', 'unknown'],
  ['not testable by prompting', 'edge'],
] as const;

interface ControlRowProps {
  readonly scanId: string;
  readonly framework: string;
  readonly control: Control;
}

function ControlRow({ scanId, framework, control }: ControlRowProps) {
  const name = control.title === null ? control.id : `${control.id} ${control.title}`;
  return (
    <Row>
      <Cell>
        {control.tests > 0 ? (
          <Link
            to="/dashboard/scans/$id/tests"
            params={{ id: scanId }}
            search={{ control: `${framework}:${control.id}`, outcome: decidedOutcomes }}
            className="text-accent underline-offset-2 hover:underline"
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </Cell>
      <Cell>
        <Badge tone={tones[control.status]}>{control.status}</Badge>
      </Cell>
      <Cell kind="number">
        {control.tests === 0 ? <span className="text-unknown">none</span> : count(control.tests)}
      </Cell>
      <Cell kind="number">
        {control.failures > 0 ? (
          <Link
            to="/dashboard/scans/$id/tests"
            params={{ id: scanId }}
            search={{ control: `${framework}:${control.id}`, outcome: 'breached,partial' }}
            className="underline-offset-2 hover:underline"
          >
            {count(control.failures)}
          </Link>
        ) : (
          control.tests > 0 && count(0)
        )}
        {control.upper_bound !== null && (
          <span className="block text-xs text-soft">upper bound {percent(control.upper_bound)}</span>
        )}
      </Cell>
    </Row>
  );
}

function View({ scanId, framework }: { readonly scanId: string; readonly framework: Framework }) {
  const counted = parts.map(([status, tone]) => ({
    label: status,
    tone,
    n: framework.controls.filter((control) => control.status === status).length,
  }));
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{framework.title}</h2>
      <ShareBar total={framework.controls.length} parts={counted} />
      <div className="-mx-4">
        <Table
          caption={`Controls of ${framework.title}`}
          columns={[
            { label: 'Control' },
            { label: 'What the tests show' },
            { label: 'Decided tests', kind: 'number' },
            { label: 'Failures', kind: 'number' },
          ]}
        >
          {framework.controls.map((control) => (
            <ControlRow key={control.id} scanId={scanId} framework={framework.id} control={control} />
          ))}
        </Table>
      </div>
    </div>
  );
}

/** Short, but never the same for two frameworks. */
const tabLabel = (title: string): string => title.replace(/ \(.*\)| Applications.*/, '');

function Views({ scan }: { readonly scan: ScanDetail }) {
  const [search, setSearch] = useFilters();
  const frameworks = useQuery({
    queryKey: ['scan', scan.scan_id, 'frameworks'],
    queryFn: ({ signal }) => ask<Frameworks>(`/scans/${encodeURIComponent(scan.scan_id)}/frameworks`, { signal }),
  });
  return (
    <Panel>
      <Loaded query={frameworks} waiting={<Lines count={12} />}>
        {(data) => (
          <>
            <Tabs
              label="Frameworks"
              value={search.framework ?? data.frameworks[0]?.id ?? ''}
              onChange={(framework) => setSearch({ framework })}
              tabs={data.frameworks.map((framework) => ({
                id: framework.id,
                label: tabLabel(framework.title),
                content: <View scanId={scan.scan_id} framework={framework} />,
              }))}
            />
            <p className="mt-3 text-xs text-soft">{data.note}</p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

export function Page() {
  return <ScanFrame>{(scan) => <Views scan={scan} />}</ScanFrame>;
}
