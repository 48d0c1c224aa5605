// Suites: slices of datasets with the attacks that belong to them.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { suitesQuery } from '../../api/catalogue.ts';
import { useMay } from '../../api/session.ts';
import { count } from '../../numbers.ts';
import { Field, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { useFilters } from '../../search.ts';

export function Page() {
  const suites = useQuery(suitesQuery);
  const mayScan = useMay('scan');
  const [search, setSearch] = useFilters();
  const wanted = (search.find ?? '').toLowerCase();
  return (
    <>
      <PageHead
        title="Suites"
        note={
          <>
            Named slices of datasets with their attacks. A name leads to a scan of it; so does{' '}
            <code>redoubt scan --suite NAME</code>.
          </>
        }
      />
      <Panel flush>
        <div className="p-4 pb-2">
          <Field label="Find" className="max-w-xs">
            <TextInput
              type="search"
              value={search.find ?? ''}
              onChange={(event) => setSearch({ find: event.target.value })}
            />
          </Field>
        </div>
        <Loaded query={suites} waiting={<Lines count={12} className="px-4" />}>
          {(entries) => {
            const shown = entries.filter(({ id, title, summary, also }) =>
              [id, title, summary, ...also].join(' ').toLowerCase().includes(wanted),
            );
            if (shown.length === 0) return <Empty title="No suite of this name" />;
            return (
              <Table
                caption="Suites"
                columns={[
                  { label: 'Suite' },
                  { label: 'What it asks' },
                  { label: 'Cases', kind: 'number' },
                  { label: 'Attacks', optional: true },
                ]}
              >
                {shown.map(({ id, title, summary, cases, attacks }) => (
                  <Row key={id}>
                    <Cell>
                      {mayScan ? (
                        <Link
                          to="/dashboard/scans/new"
                          search={{ suite: id }}
                          className="font-medium text-accent underline-offset-2 hover:underline"
                        >
                          {title}
                        </Link>
                      ) : (
                        <span className="font-medium">{title}</span>
                      )}
                      <span className="block font-mono text-xs text-soft">{id}</span>
                    </Cell>
                    <Cell>{summary}</Cell>
                    <Cell kind="number">{count(cases)}</Cell>
                    <Cell optional className="max-w-sm text-xs text-soft">
                      {attacks.join(', ')}
                    </Cell>
                  </Row>
                ))}
              </Table>
            );
          }}
        </Loaded>
      </Panel>
    </>
  );
}
