// Takes a promotion back: what held before holds again. Asks why first.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { AskDialog } from '../../parts/ask-dialog.tsx';
import { Button } from '../../parts/button.tsx';
import { WhyField } from '../../parts/field.tsx';

export function RollBack({ policyId }: { readonly policyId: string }) {
  const client = useQueryClient();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const rollBack = useMutation({
    mutationFn: () =>
      ask(`/hardenings/${encodeURIComponent(policyId)}/roll-back`, { method: 'POST', body: { reason } }),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['hardenings'] });
      await client.invalidateQueries({ queryKey: ['policies'] });
    },
  });
  if (!session?.scopes.includes('admin')) return null;
  return (
    <>
      <Button kind="danger" aria-label={`Roll back ${policyId}`} onClick={() => setOpen(true)}>
        Roll back
      </Button>
      <AskDialog
        title={`Roll back ${policyId}`}
        yes="Roll back"
        isDanger
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onYes={() => rollBack.mutate()}
        isBusy={rollBack.isPending}
        mayNot={reason.trim() === ''}
        error={rollBack.error}
      >
        <p>What held before this promotion holds again, as a new version of the policy.</p>
        <WhyField rows={3} value={reason} onChange={setReason} />
      </AskDialog>
    </>
  );
}
