// One dataset with its cases, a page at a time.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { CasePage } from '../../api/catalogue.ts';
import { ApiProblem, ask } from '../../api/client.ts';
import type { CaseEntry } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Badge, Severity } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { NotFound } from '../not-found.tsx';

const CASES_A_PAGE = 100;

function CaseRow({ entry }: { readonly entry: CaseEntry }) {
  return (
    <Row>
      <Cell kind="free" className="min-w-64">
        <p dir="auto">{entry.request}</p>
        <p className="font-mono text-xs text-soft">{entry.id}</p>
      </Cell>
      <Cell kind="free" optional>
        {entry.subcategory}
        {entry.leaf !== null && <span className="block text-xs text-soft">{entry.leaf}</span>}
      </Cell>
      <Cell>
        <Badge>{entry.expect}</Badge>
        <span className="block text-xs text-soft">
          {entry.oracle === null ? 'by a judge model or the rules' : `oracle: ${entry.oracle}`}
        </span>
      </Cell>
      <Cell>
        <Severity severity={entry.severity} />
      </Cell>
      <Cell optional>{entry.lang}</Cell>
    </Row>
  );
}

function Remove({ name }: { readonly name: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => ask(`/datasets/${encodeURIComponent(name)}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({ to: '/dashboard/datasets' });
    },
  });
  return (
    <>
      <Button
        kind="danger"
        disabled={remove.isPending}
        onClick={() =>
          confirm(`Delete the dataset "${name}"? Scans that used it keep their version.`) && remove.mutate()
        }
      >
        Delete
      </Button>
      {remove.isError && <Problem error={remove.error} />}
    </>
  );
}

export function Page() {
  const { name = '' } = useParams({ strict: false });
  const pages = useInfiniteQuery({
    queryKey: ['dataset', name],
    initialPageParam: -1,
    queryFn: ({ pageParam, signal }) =>
      ask<CasePage>(`/datasets/${encodeURIComponent(name)}`, {
        query: { after: pageParam, limit: CASES_A_PAGE },
        signal,
      }),
    getNextPageParam: (last) => last.next,
  });
  if (pages.error instanceof ApiProblem && pages.error.code === 'UNKNOWN_VALUE') return <NotFound />;
  const [first] = pages.data?.pages ?? [];
  if (first === undefined)
    return pages.isError ? <Problem error={pages.error} onAgain={() => void pages.refetch()} /> : <Lines count={12} />;
  const { dataset } = first;
  const cases = pages.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <>
      <PageHead
        title={dataset.name}
        above={<Link to="/dashboard/datasets">Datasets</Link>}
        note={`${count(dataset.cases)} cases, version ${dataset.version}, ${dataset.origin === 'own' ? 'your own' : 'ships with Redoubt'}.`}
        tools={dataset.origin === 'own' ? <Remove name={dataset.slug} /> : undefined}
      />
      <Panel flush>
        <Table
          caption={`Cases of ${dataset.name}`}
          columns={[
            { label: 'Request' },
            { label: 'Subcategory', optional: true },
            { label: 'Expected' },
            { label: 'Severity' },
            { label: 'Language', optional: true },
          ]}
        >
          {cases.map((entry) => (
            <CaseRow key={entry.id} entry={entry} />
          ))}
        </Table>
        <div className="flex items-center justify-between gap-3 p-4">
          <span className="text-soft">
            {count(cases.length)} of {count(dataset.cases)}
          </span>
          {pages.hasNextPage && (
            <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {pages.isFetchingNextPage ? 'Loading ...' : `Show ${CASES_A_PAGE} more`}
            </Button>
          )}
        </div>
      </Panel>
    </>
  );
}
