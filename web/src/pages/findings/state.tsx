// The states of a finding, each in its tone; the word always stands there.
import { Badge, type Tone } from '../../parts/badge.tsx';

export const findingStates = ['new', 'regressed', 'known', 'accepted', 'false_positive', 'fixed'] as const;

const tones: Readonly<Record<string, Tone>> = {
  new: 'breached',
  regressed: 'breached',
  known: 'partial',
  accepted: 'accent',
  false_positive: 'unknown',
  fixed: 'held',
};

export const FindingState = ({ state }: { readonly state: string }) => (
  <Badge tone={tones[state] ?? 'unknown'}>{state.replace('_', ' ')}</Badge>
);
