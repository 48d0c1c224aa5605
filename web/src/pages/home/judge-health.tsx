// How the judge of the latest judged scan did on answers that are known.
import { Link } from '@tanstack/react-router';
import type { Home } from '../../api/shapes.ts';
import { Badge } from '../../parts/badge.tsx';
import { RateFigure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';

export function JudgeHealth({ judge }: { readonly judge: Home['judge'] }) {
  return (
    <Panel
      title="Judge"
      tools={
        <Link to="/dashboard/judges" className="text-accent underline-offset-2 hover:underline">
          All
        </Link>
      }
    >
      {judge === null ? (
        <p className="text-unknown">No finished scan was judged yet.</p>
      ) : (
        <div className="flex flex-col gap-2">
          <RateFigure title="Known answers judged right" rate={judge.known_answers} of="known answers" />
          <p className="flex flex-wrap items-center gap-2 text-xs">
            <Badge tone={judge.below_floor ? 'breached' : 'plain'}>
              {judge.below_floor ? 'below its floor' : 'above its floor'}
            </Badge>
            <code>{judge.id}</code>
            <Link
              to="/dashboard/scans/$id"
              params={{ id: judge.scan_id }}
              className="text-accent underline-offset-2 hover:underline"
            >
              in the latest judged scan
            </Link>
          </p>
        </div>
      )}
    </Panel>
  );
}
