// Datasets by attacks: which share of the decided tests was breached. Fills in while the scan runs.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import { isActive } from '../../api/scans.ts';
import type { HeatMapData, ScanDetail } from '../../api/shapes.ts';
import { HeatLegend, HeatMap } from '../../charts/heat-map.tsx';
import { count } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';

const LOOK_EVERY_MS = 2000;

const placeOf = (dataset: string, attack: string): string => `${dataset} ${attack}`;

function Cells({ scan, data }: { readonly scan: ScanDetail; readonly data: HeatMapData }) {
  const cells = new Map(data.cells.map((cell) => [placeOf(cell.dataset, cell.attack), cell]));
  return (
    <HeatMap
      caption="Share of decided tests that were breached, datasets by attacks"
      rows={data.datasets.map(({ slug, name }) => ({ id: slug, label: name }))}
      columns={data.attacks.map(({ id, title }) => ({ id, label: title }))}
      to={`/dashboard/scans/${scan.scan_id}/tests`}
      searchOf={(dataset, attack) => ({ dataset, attack })}
      cellOf={(dataset, attack) => {
        const cell = cells.get(placeOf(dataset, attack));
        return cell && { rate: cell.failed, tests: cell.tests };
      }}
    />
  );
}

export function HeatMapPanel({ scan }: { readonly scan: ScanDetail }) {
  const heatMap = useQuery({
    queryKey: ['scan', scan.scan_id, 'heat-map'],
    queryFn: ({ signal }) => ask<HeatMapData>(`/scans/${encodeURIComponent(scan.scan_id)}/heatmap`, { signal }),
    refetchInterval: isActive(scan) ? LOOK_EVERY_MS : false,
    placeholderData: keepPreviousData,
  });
  return (
    <Panel
      title="Breached, by dataset and attack"
      note={`${count(scan.decided)} decided tests of ${count(scan.planned)}; each cell leads to its tests.`}
      flush
    >
      <Loaded query={heatMap} waiting={<Lines count={12} className="px-4" />}>
        {(data) => <Cells scan={scan} data={data} />}
      </Loaded>
      <HeatLegend />
    </Panel>
  );
}
