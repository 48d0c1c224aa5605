// What an address shows that leads nowhere.
import { Link } from '@tanstack/react-router';
import { PageHead } from '../parts/page-head.tsx';
import { Panel } from '../parts/panel.tsx';

export function NotFound() {
  return (
    <>
      <PageHead title="Nothing here" />
      <Panel>
        <p>This address does not exist, or what it showed was deleted or belongs to another project.</p>
        <p className="mt-3">
          <Link className="text-accent underline" to="/">
            To the start page
          </Link>
        </p>
      </Panel>
    </>
  );
}
