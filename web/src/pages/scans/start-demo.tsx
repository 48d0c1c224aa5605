// Starts the scan of the simulated target and goes to it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { ScanDetail } from '../../api/shapes.ts';
import { Button } from '../../parts/button.tsx';
import { Problem } from '../../parts/states.tsx';

export function StartDemo() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => ask<ScanDetail>('/scans/demo', { method: 'POST' }),
    onSuccess: async ({ scan_id }) => {
      await client.invalidateQueries({ queryKey: ['scans'] });
      await navigate({ to: '/dashboard/scans/$id', params: { id: scan_id } });
    },
  });
  return (
    <>
      <Button kind="main" disabled={start.isPending} onClick={() => start.mutate()}>
        {start.isPending ? 'Starting ...' : 'Run the demo scan'}
      </Button>
      {start.isError && <Problem error={start.error} />}
    </>
  );
}
