// The policies in force: those of files, and over them those that the project stored.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { policiesQuery } from '../../api/catalogue.ts';
import { Badge } from '../../parts/badge.tsx';
import { LinkButton } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

export function Page() {
  const policies = useQuery(policiesQuery);
  return (
    <>
      <PageHead
        title="Policies"
        note="Which detectors look at which roles, from which score on, and what follows. A change holds within a second."
        tools={
          <LinkButton to="/dashboard/policies/$id" params={{ id: 'new' }} kind="main">
            New policy
          </LinkButton>
        }
      />
      <Panel flush>
        <Loaded query={policies} waiting={<Lines count={5} className="px-4" />}>
          {(entries) => (
            <Table
              caption="Policies"
              columns={[
                { label: 'Policy' },
                { label: 'Rules' },
                { label: 'Looks at', optional: true },
                { label: 'Holds' },
                { label: 'From', optional: true },
              ]}
            >
              {entries.map(({ policy, stored }) => (
                <Row key={policy.id}>
                  <Cell kind="free">
                    <Link
                      to="/dashboard/policies/$id"
                      params={{ id: policy.id }}
                      className="font-medium text-accent underline-offset-2 hover:underline"
                    >
                      {policy.id}
                    </Link>
                    <span className="block text-xs text-soft">{policy.definition}</span>
                  </Cell>
                  <Cell>
                    {policy.rules.map(({ detector, action }, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: rules stay in their order
                      <span key={index} className="block">
                        {detector} <span className="text-soft">{action}</span>
                      </span>
                    ))}
                  </Cell>
                  <Cell optional>{policy.targets.join(', ')}</Cell>
                  <Cell>
                    {policy.by_default ? (
                      <Badge tone="accent">by default</Badge>
                    ) : (
                      <span className="text-soft">where it is named</span>
                    )}
                  </Cell>
                  <Cell optional>{stored ? `stored, version ${policy.version}` : 'a file'}</Cell>
                </Row>
              ))}
            </Table>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
