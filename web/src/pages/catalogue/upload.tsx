// Takes in a dataset of one's own: checked line by line before anything is kept.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { ask } from '../../api/client.ts';
import type { FileReport } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Field, TextInput } from '../../parts/field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Problem } from '../../parts/states.tsx';

const typeOf = (name: string): string => (/\.csv$/i.test(name) ? 'text/csv' : 'application/jsonl');

function Report({ report }: { readonly report: FileReport }) {
  return (
    <div role="status" className="rounded-md bg-ground p-3">
      <p className="font-medium">
        {report.dataset === null ? 'The file is fit to be added' : `Added "${report.dataset.name}"`}:{' '}
        {count(report.good)} cases.
      </p>
      {[...report.remarks, ...report.lines.map(({ line, text }) => `line ${line}: ${text}`)].map((remark) => (
        <p key={remark} className="mt-1 text-xs text-soft">
          {remark}
        </p>
      ))}
    </div>
  );
}

export function Upload() {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const upload = useMutation({
    mutationFn: (checkOnly: boolean) =>
      ask<FileReport>('/datasets', {
        method: 'POST',
        query: { name, check_only: checkOnly },
        type: typeOf(file?.name ?? ''),
        body: file,
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['datasets'] }),
    // Browsers say nothing of a file that is chosen again: after a bad line the mended one has the same name.
    onSettled: () => {
      if (input.current) input.current.value = '';
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    upload.mutate(false);
  };
  const isReady = file !== null && name !== '' && !upload.isPending;
  return (
    <Panel title="Add your own" note="JSON lines or CSV, at most 64 MB: a prompt a line, all else is optional.">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="File">
          <input
            ref={input}
            type="file"
            accept=".jsonl,.ndjson,.csv"
            className="w-full text-sm file:mr-3 file:cursor-pointer file:rounded-md file:border file:border-edge file:bg-paper file:px-3 file:py-1.5 file:text-ink"
            aria-label="File"
            onChange={(event) => {
              const [chosen = null] = event.target.files ?? [];
              setFile(chosen);
              upload.reset();
              if (chosen !== null && name === '') setName(chosen.name.replace(/\.[^.]+$/, ''));
            }}
          />
        </Field>
        <Field label="Name">
          <TextInput value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} />
        </Field>
        {upload.isError && <Problem error={upload.error} />}
        {upload.data && <Report report={upload.data} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="main" disabled={!isReady}>
            {upload.isPending ? 'Reading ...' : 'Add'}
          </Button>
          <Button disabled={!isReady} onClick={() => upload.mutate(true)}>
            Check only
          </Button>
        </div>
      </form>
    </Panel>
  );
}
