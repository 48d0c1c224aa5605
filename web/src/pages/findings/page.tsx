// What the scans of the project found, with its life: new, known, regressed, fixed, accepted, false positive.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { Finding } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Severity } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { useFilters } from '../../search.ts';
import { DecideFinding } from './decide.tsx';
import { FindingFilters } from './filters.tsx';
import { FindingState } from './state.tsx';

const A_PAGE = 100;

function FindingRow({ finding }: { readonly finding: Finding }) {
  return (
    <Row>
      <Cell kind="free">
        <Link
          to="/dashboard/scans/$id/tests"
          params={{ id: finding.last_scan }}
          search={{ finding: finding.fingerprint }}
          className="font-medium text-accent underline-offset-2 hover:underline"
        >
          {finding.subcategory}
        </Link>
        <span className="block font-mono text-xs text-soft">{finding.case_id}</span>
      </Cell>
      <Cell>
        <FindingState state={finding.state} />
        {finding.times_back > 0 && (
          <span className="block text-xs text-soft">came back {count(finding.times_back)} times</span>
        )}
      </Cell>
      <Cell>
        <Severity severity={finding.severity} />
      </Cell>
      <Cell optional>
        {finding.attack_family}
        <span className="block text-xs text-soft">{finding.behaviour.replaceAll('_', ' ')}</span>
      </Cell>
      <Cell optional>
        <Time at={finding.last_at} />
        <span className="block text-xs text-soft">
          first <Time at={finding.first_at} />
        </span>
      </Cell>
      <Cell>
        <DecideFinding fingerprint={finding.fingerprint} name={finding.case_id} decision={finding.decision} />
      </Cell>
    </Row>
  );
}

export function Page() {
  const [search, setSearch] = useFilters();
  const { state, severity, sort } = search;
  const offset = Number(search.offset ?? 0);
  const findings = useQuery({
    queryKey: ['findings', state, severity, sort, offset],
    queryFn: ({ signal }) =>
      ask<{ findings: Finding[]; total: number }>('/findings', {
        query: { state: state?.split(','), severity, sort, offset, limit: A_PAGE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead
        title="Findings"
        note="What scans found, over all of them: one finding is one case broken in one way by one family of attacks."
      />
      <Panel flush>
        <FindingFilters />
        <Loaded query={findings} waiting={<Lines count={10} className="px-4" />}>
          {({ findings: rows, total }) =>
            rows.length === 0 ? (
              <Empty title="No finding">
                {state || severity ? 'None has what is chosen above.' : 'A finished scan whose tests held leaves none.'}
              </Empty>
            ) : (
              <>
                <Table
                  caption="Findings"
                  columns={[
                    { label: 'Finding' },
                    { label: 'State' },
                    { label: 'Severity' },
                    { label: 'How', optional: true },
                    { label: 'Seen', optional: true },
                    { label: 'Decide' },
                  ]}
                >
                  {rows.map((finding) => (
                    <FindingRow key={finding.fingerprint} finding={finding} />
                  ))}
                </Table>
                <div className="flex items-center gap-3 p-4 text-soft">
                  <span>
                    {count(offset + 1)} to {count(offset + rows.length)} of {count(total)}
                  </span>
                  <Button
                    disabled={offset === 0}
                    onClick={() => setSearch({ offset: String(Math.max(0, offset - A_PAGE)) })}
                  >
                    Before
                  </Button>
                  <Button
                    disabled={offset + rows.length >= total}
                    onClick={() => setSearch({ offset: String(offset + A_PAGE) })}
                  >
                    After
                  </Button>
                </div>
              </>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
