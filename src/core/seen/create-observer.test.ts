import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../tests/fakes/manual-clock.ts';
import { createObserver, type EndedStretch } from './create-observer.ts';
import { tracesBody } from './otlp.ts';
import { createWorkFigures } from './work-figures.ts';

const place = { scan: '01a22599-7a8f-7264-9e39-08e96144d735', project: 'p', resumes: 2 };

function observed() {
  const ended: EndedStretch[] = [];
  const clock = manualClock();
  const figures = createWorkFigures();
  return {
    clock,
    ended,
    figures,
    observer: createObserver(clock, [{ ended: (each) => void ended.push(each) }, figures]),
  };
}

describe('what is seen of a scan', () => {
  it('meets in one trace, whichever process saw it: its id, and a span for each time it was resumed', () => {
    const [owner, worker] = [observed(), observed()];
    const chunk = worker.observer.scan(place).begin('chunk', { tests: 3 });
    chunk.begin('call', { role: 'target' }).end('ok');
    chunk.end('done');
    owner.observer.scan(place).end('finished');
    const [call, cut] = worker.ended;
    const [scan] = owner.ended;
    expect(scan).toMatchObject({ trace: '01a225997a8f72649e3908e96144d735', id: '08e96144d7350002', parent: null });
    expect(cut).toMatchObject({ name: 'chunk', trace: scan!.trace, parent: scan!.id, scope: { scan: place.scan } });
    expect(call).toMatchObject({ name: 'call', trace: scan!.trace, parent: cut!.id });
    expect(new Set([scan!.id, cut!.id, call!.id]).size).toBe(3);
  });

  it('says how long it took, and is counted by role and outcome', async () => {
    const { clock, observer, figures, ended } = observed();
    const scan = observer.scan(place);
    const call = scan.begin('call', { role: 'judge' });
    expect(figures.underWay('call')).toBe(1);
    await clock.advance(300);
    call.end('rate_limited 429', { failed: true });
    expect(ended[0]).toMatchObject({ ms: 300, failed: true });
    expect(figures.counts()).toEqual([{ name: 'call', role: 'judge', outcome: 'rate_limited 429', n: 1 }]);
    expect([figures.underWay('call'), figures.durations('call').seconds]).toEqual([0, 0.3]);
    expect(figures.durations('call').classes).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is written for a collector with times in nanoseconds', async () => {
    const { clock, observer, ended } = observed();
    const guard = observer.begin('guard', { project: 'p' });
    await clock.advance(50);
    guard.end('denied');
    const body = JSON.parse(tracesBody(ended, { service: 's', version: '1' }));
    const [span] = body.resourceSpans[0].scopeSpans[0].spans;
    expect(span).toMatchObject({ name: 'redoubt guard', kind: 2, status: {} });
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBe(50_000_000n);
    expect(span.attributes).toContainEqual({ key: 'redoubt.outcome', value: { stringValue: 'denied' } });
  });
});
