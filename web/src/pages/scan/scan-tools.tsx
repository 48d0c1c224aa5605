// What can be done with a scan: pause, resume, stop, export, judge anew, delete.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, download } from '../../api/client.ts';
import { isActive } from '../../api/scans.ts';
import type { ScanDetail } from '../../api/shapes.ts';
import { AskDialog } from '../../parts/ask-dialog.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, TextInput } from '../../parts/field.tsx';
import { Menu } from '../../parts/menu.tsx';
import { Problem } from '../../parts/states.tsx';

type Act = 'pause' | 'resume' | 'stop' | 'rejudge';

const resumable: ReadonlySet<string> = new Set(['Paused', 'Failed', 'Error']);

const formats = [
  { format: 'pdf', label: 'PDF', note: 'the report, to hand over' },
  { format: 'html', label: 'HTML', note: 'one self-contained file' },
  { format: 'zip', label: 'ZIP', note: 'results, summary and PDF' },
  { format: 'jsonl', label: 'JSON lines', note: 'a line a test' },
  { format: 'csv', label: 'CSV', note: 'a line a test' },
  { format: 'sarif', label: 'SARIF', note: 'for code scanning' },
  { format: 'junit', label: 'JUnit', note: 'for build servers' },
] as const;

function useAct(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act) => ask<ScanDetail>(`/scans/${id}/${act}`, { method: 'POST' }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['scan', id] }),
  });
}

function ExportMenu({ scan }: { readonly scan: ScanDetail }) {
  const exporting = useMutation({
    mutationFn: (format: string) => download(`/scans/${scan.scan_id}/exports/${format}`),
  });
  return (
    <>
      <Menu
        label={exporting.isPending ? 'Writing ...' : 'Export'}
        items={formats.map(({ format, label, note }) => ({ label, note, onSelect: () => exporting.mutate(format) }))}
      />
      {exporting.isError && <Problem error={exporting.error} />}
    </>
  );
}

function Rename({
  scan,
  isOpen,
  onClose,
}: {
  readonly scan: ScanDetail;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState(scan.name);
  const rename = useMutation({
    mutationFn: () => ask(`/scans/${scan.scan_id}`, { method: 'PATCH', body: { name } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['scan', scan.scan_id] });
      onClose();
    },
  });
  return (
    <AskDialog
      title="Rename the scan"
      yes="Rename"
      isOpen={isOpen}
      onClose={onClose}
      onYes={() => rename.mutate()}
      isBusy={rename.isPending}
      error={rename.error}
    >
      <Field label="Name">
        <TextInput required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </AskDialog>
  );
}

function Remove({
  scan,
  isOpen,
  onClose,
}: {
  readonly scan: ScanDetail;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => ask(`/scans/${scan.scan_id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await navigate({ to: '/dashboard/scans' });
      client.removeQueries({ queryKey: ['scan', scan.scan_id] });
      await client.invalidateQueries({ queryKey: ['scans'] });
    },
  });
  return (
    <AskDialog
      title="Delete the scan?"
      yes="Delete"
      isDanger
      isOpen={isOpen}
      onClose={onClose}
      onYes={() => remove.mutate()}
      isBusy={remove.isPending}
      error={remove.error}
    >
      <p>“{scan.name}” with all its tests and answers. This cannot be taken back.</p>
    </AskDialog>
  );
}

export function ScanTools({ scan }: { readonly scan: ScanDetail }) {
  const navigate = useNavigate();
  const act = useAct(scan.scan_id);
  const [open, setOpen] = useState<'rename' | 'remove' | 'stop' | null>(null);
  const close = (): void => setOpen(null);
  const isRunning = isActive(scan);
  const isFinished = scan.status === 'Finished';
  return (
    <>
      {isRunning && (
        <Button disabled={act.isPending} onClick={() => act.mutate('pause')}>
          Pause
        </Button>
      )}
      {resumable.has(scan.status) && (
        <Button kind="main" disabled={act.isPending} onClick={() => act.mutate('resume')}>
          {scan.status === 'Paused' ? 'Resume' : 'Try again'}
        </Button>
      )}
      {!isFinished && (
        <Button disabled={act.isPending} onClick={() => setOpen('stop')}>
          Stop and report
        </Button>
      )}
      {isFinished && <ExportMenu scan={scan} />}
      <Menu
        label="More"
        items={[
          {
            label: 'Compare',
            onSelect: () => void navigate({ to: '/dashboard/compare', search: { after: scan.scan_id } }),
            disabled: !isFinished,
          },
          {
            label: 'Judge anew',
            note: 'by the judge of today',
            onSelect: () => act.mutate('rejudge'),
            disabled: !isFinished,
          },
          { label: 'Rename', onSelect: () => setOpen('rename') },
          { label: 'Delete', isDanger: true, onSelect: () => setOpen('remove'), disabled: isRunning },
        ]}
      />
      {act.isError && <Problem error={act.error} />}
      <AskDialog
        title="Stop now and report?"
        yes="Stop and report"
        isOpen={open === 'stop'}
        onClose={close}
        onYes={() => {
          act.mutate('stop');
          close();
        }}
      >
        <p>
          The report then rests on the tests that are decided; the others count as not tested. It cannot be resumed.
        </p>
      </AskDialog>
      <Rename key={scan.name} scan={scan} isOpen={open === 'rename'} onClose={close} />
      <Remove scan={scan} isOpen={open === 'remove'} onClose={close} />
    </>
  );
}
