// Tests the connection with one harmless message, and shows what really went over the wire.
import { useMutation } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { ConnectionTest } from '../../api/shapes.ts';
import { milliseconds } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Problem } from '../../parts/states.tsx';
import { isTargetNamed, type ScanForm, targetBodyOf } from './plan.ts';

function Exchange({ exchange }: { readonly exchange: ConnectionTest['exchanges'][number] }) {
  return (
    <pre className="overflow-x-auto rounded-md bg-ground p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
      {`${exchange.method} ${exchange.url}\n`}
      {Object.entries(exchange.request_headers).map(([name, value]) => `${name}: ${value}\n`)}
      {`\n${exchange.request_body}\n\n`}
      {exchange.status === null ? 'no answer' : `status ${exchange.status}`}
      {`\n${exchange.body}`}
    </pre>
  );
}

function Result({ result }: { readonly result: ConnectionTest }) {
  return (
    <div className="mt-3 flex flex-col gap-2" role="status">
      <p>
        <Badge tone={result.ok ? 'held' : 'breached'}>
          {result.ok ? 'It answers' : 'It does not answer as it should'}
        </Badge>{' '}
        <span className="text-xs text-soft">{milliseconds(result.latency_ms)}</span>
      </p>
      {result.answer !== null && <p className="rounded-md bg-ground p-3 whitespace-pre-wrap">{result.answer}</p>}
      {result.failure && (
        <div className="rounded-md border border-breached bg-breached-tint p-3">
          <p>{result.failure.message}</p>
          {result.failure.hint && <p className="mt-1">{result.failure.hint}</p>}
        </div>
      )}
      {result.adaptations.map((adaptation) => (
        <p key={adaptation} className="text-xs text-soft">
          {adaptation}
        </p>
      ))}
      <details>
        <summary className="text-sm text-accent">What went over the wire</summary>
        <div className="mt-2 flex flex-col gap-2">
          {result.exchanges.map((exchange, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: exchanges stay in their order
            <Exchange key={index} exchange={exchange} />
          ))}
        </div>
      </details>
    </div>
  );
}

export function Connection({ form }: { readonly form: ScanForm }) {
  const test = useMutation({
    mutationFn: () => ask<ConnectionTest>('/targets/test', { method: 'POST', body: { target: targetBodyOf(form) } }),
  });
  return (
    <div className="mt-3">
      <Button disabled={!isTargetNamed(form.target) || test.isPending} onClick={() => test.mutate()}>
        {test.isPending ? 'Testing ...' : 'Test the connection'}
      </Button>
      {test.isError && (
        <div className="mt-2">
          <Problem error={test.error} />
        </div>
      )}
      {test.data && <Result result={test.data} />}
    </div>
  );
}
