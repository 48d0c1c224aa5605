// What a scan took: calls, time, tokens by role and, where prices are known, money.
import type { ScanDetail } from '../../api/shapes.ts';
import { count, duration } from '../../numbers.ts';

const money = (sum: number, currency: string): string =>
  `${sum >= 1 || sum === 0 ? sum.toFixed(2) : Number(sum.toPrecision(2))} ${currency}`;

function roleText(role: string, { calls, prompt, completion, estimated }: ScanDetail['spent']['tokens'][string]) {
  const told = estimated > 0 ? `, in ${count(estimated)} calls estimated from the length` : '';
  return `${role}: ${count(calls)} calls, ${count(prompt)} tokens sent, ${count(completion)} received${told}`;
}

/** What may end the scan early, e.g. "100 calls, or ± 5 points"; null where nothing may. */
export function boundsText({ bounds, spent }: Pick<ScanDetail, 'bounds' | 'spent'>): string | null {
  if (bounds === null) return null;
  const { max_cost: cost, max_calls: calls, max_seconds: seconds, until_interval: points } = bounds;
  return [
    ...(cost === null ? [] : [money(cost, spent.cost?.currency ?? '')]),
    ...(calls === null ? [] : [`${count(calls)} calls`]),
    ...(seconds === null ? [] : [duration(seconds)]),
    ...(points === null ? [] : [`every dataset known to ±${points} points`]),
  ].join(', or ');
}

export function Spent({ spent, className = '' }: { readonly spent: ScanDetail['spent']; readonly className?: string }) {
  const { seconds, tokens, cost } = spent;
  const roles = Object.entries(tokens).filter(([, { calls }]) => calls > 0);
  return (
    <p className={`text-xs text-soft ${className}`}>
      Spent {duration(seconds)}, {cost === null ? 'cost not known (no price is set)' : money(cost.total, cost.currency)}
      . {roles.map(([role, each]) => roleText(role, each)).join('; ')}
    </p>
  );
}
