// The attacks: what each does, how true it is to its paper, what it costs.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { attacksQuery } from '../../api/catalogue.ts';
import { count } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { useFilters } from '../../search.ts';

export function Page() {
  const attacks = useQuery(attacksQuery);
  const [search, setSearch] = useFilters();
  const wanted = (search.find ?? '').toLowerCase();
  return (
    <>
      <PageHead
        title="Attacks"
        note="Published ways to get round a refusal. The static form of an attack says that it is one."
      />
      <Panel flush>
        <Loaded query={attacks} waiting={<Lines count={14} className="px-4" />}>
          {(entries) => {
            const families = [...new Set(entries.map(({ family }) => family))].sort();
            const shown = entries.filter(
              ({ id, title, summary, family }) =>
                (!search.family || family === search.family) &&
                `${id} ${title} ${summary}`.toLowerCase().includes(wanted),
            );
            return (
              <>
                <div className="flex flex-wrap gap-3 p-4 pb-2">
                  <Field label="Find" className="w-64">
                    <TextInput
                      type="search"
                      value={search.find ?? ''}
                      onChange={(event) => setSearch({ find: event.target.value })}
                    />
                  </Field>
                  <Field label="Family" className="w-48">
                    <Select value={search.family ?? ''} onChange={(event) => setSearch({ family: event.target.value })}>
                      <option value="">all</option>
                      {families.map((family) => (
                        <option key={family}>{family}</option>
                      ))}
                    </Select>
                  </Field>
                </div>
                {shown.length === 0 && <Empty title="No attack fits" />}
                {shown.length > 0 && (
                  <Table
                    caption="Attacks"
                    columns={[
                      { label: 'Attack' },
                      { label: 'What it does' },
                      { label: 'Family', optional: true },
                      { label: 'Fidelity' },
                      { label: 'Calls a test', kind: 'number', optional: true },
                    ]}
                  >
                    {shown.map((attack) => (
                      <Row key={attack.id}>
                        <Cell className="min-w-36">
                          <Link
                            to="/dashboard/attacks/$id"
                            params={{ id: attack.id }}
                            className="font-medium text-accent underline-offset-2 hover:underline"
                          >
                            {attack.title}
                          </Link>
                          <span className="block font-mono text-xs text-soft">{attack.id}</span>
                        </Cell>
                        <Cell>
                          {attack.summary}
                          {attack.paper !== null && <span className="block text-xs text-soft">{attack.paper}</span>}
                        </Cell>
                        <Cell optional>{attack.family}</Cell>
                        <Cell>
                          <Badge tone={attack.fidelity === 'static' ? 'unknown' : 'plain'}>{attack.fidelity}</Badge>
                          {attack.fidelity_without_attacker !== attack.fidelity && (
                            <span className="mt-1 block text-xs text-soft">
                              {attack.fidelity_without_attacker} without an attacker model
                            </span>
                          )}
                        </Cell>
                        <Cell kind="number" optional>
                          {count(attack.calls)}
                        </Cell>
                      </Row>
                    ))}
                  </Table>
                )}
              </>
            );
          }}
        </Loaded>
      </Panel>
    </>
  );
}
