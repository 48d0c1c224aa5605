// The first view of a scan: while it runs its progress, once it is finished its report.

import { Live } from './live.tsx';
import { Report } from './report.tsx';
import { ScanFrame } from './scan-frame.tsx';

export function Page() {
  return (
    <ScanFrame>{(scan) => (scan.status === 'Finished' ? <Report scan={scan} /> : <Live scan={scan} />)}</ScanFrame>
  );
}
