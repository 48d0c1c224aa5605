// What is shown when a page itself breaks: what happened, and the way back.
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../parts/button.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Panel } from '../parts/panel.tsx';

export function Crashed({ error }: ErrorComponentProps) {
  return (
    <main className="mx-auto max-w-3xl p-6">
      <PageHead title="This page broke" />
      <Panel>
        <p role="alert">{error instanceof Error ? error.message : 'Something went wrong in the page itself.'}</p>
        <div className="mt-3">
          <Button onClick={() => location.reload()}>Load it again</Button>
        </div>
      </Panel>
    </main>
  );
}
