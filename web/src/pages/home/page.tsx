// The start page: where to begin.
import { LinkButton } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty } from '../../parts/states.tsx';

export function Page() {
  return (
    <>
      <PageHead title="Home" />
      <Panel>
        <Empty
          title="Ask the guard about a text"
          tools={
            <LinkButton to="/dashboard/guard" kind="main">
              Open the playground
            </LinkButton>
          }
        >
          See every detector's score against its threshold, and what would be taken out.
        </Empty>
      </Panel>
    </>
  );
}
