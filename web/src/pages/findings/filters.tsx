// Which findings are shown, and in which order.
import { severities } from '../../../../src/core/outcome.ts';
import { Choice } from '../../parts/choice.tsx';
import { findingStates } from './state.tsx';

const states = findingStates.map((state) => [state, state.replace('_', ' ')] as const);
const gravestFirst = severities.toReversed().map((severity) => [severity, severity] as const);

export const FindingFilters = () => (
  <div className="flex flex-wrap items-end gap-3 p-4 pb-2">
    <Choice name="state" label="State" values={states} />
    <Choice name="severity" label="Severity" values={gravestFirst} />
    <Choice name="sort" label="Order" values={[['severity', 'gravest first']]} none="latest first" />
  </div>
);
