// Models that the settings of the server name: for scans by name, and behind the gateway.
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../../api/models.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

export function Page() {
  const models = useQuery(modelsQuery);
  return (
    <>
      <PageHead
        title="Models"
        note="Named in redoubt.yaml under models: for scans, and behind the gateway at /gateway/v1."
      />
      <Panel flush>
        <Loaded query={models} waiting={<Lines count={4} className="px-4" />}>
          {({ models: rows, default_host: host }) => (
            <>
              {rows.length === 0 && (
                <Empty title="None is named yet">
                  Add one to redoubt.yaml: its base_url, and the variable that holds its key.
                </Empty>
              )}
              {rows.length > 0 && (
                <Table
                  caption="Models"
                  columns={[
                    { label: 'Name' },
                    { label: 'At' },
                    { label: 'Called there' },
                    { label: 'Key' },
                    { label: 'Price a million tokens', optional: true },
                  ]}
                >
                  {rows.map((model) => (
                    <Row key={model.name}>
                      <Cell kind="free" className="font-medium">
                        {model.name}
                      </Cell>
                      <Cell kind="free">{model.host}</Cell>
                      <Cell kind="free">{model.model}</Cell>
                      <Cell>{model.has_key ? 'set' : <span className="text-soft">none</span>}</Cell>
                      <Cell optional>
                        {model.price_per_million === null ? (
                          <span className="text-unknown">unknown</span>
                        ) : (
                          `${model.price_per_million.input} in, ${model.price_per_million.output} out (${model.price_per_million.currency})`
                        )}
                      </Cell>
                    </Row>
                  ))}
                </Table>
              )}
              <p className="px-4 py-3 text-xs text-soft">
                {host === null ? 'Any other name is unknown.' : `Any other name is looked for at ${host}.`}
              </p>
            </>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
