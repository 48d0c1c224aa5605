// What a scan took, in words: calls, time, tokens and, where prices are known, money.
import { durationText } from '../core/bounds.ts';
import { count, plural } from './wording.ts';

/** Tokens of a role; `estimated` is how many of its calls had theirs estimated from their length. */
interface SpentTokens {
  readonly calls: number;
  readonly prompt: number;
  readonly completion: number;
  readonly estimated: number;
}

export interface ReportSpent {
  readonly seconds: number;
  /** By role: target, attacker, judge. */
  readonly tokens: Readonly<Record<string, SpentTokens>>;
  readonly cost: {
    readonly currency: string;
    readonly total: number;
    readonly by_role: Readonly<Record<string, number>>;
  } | null;
}

/** E.g. "1.24 USD"; small sums keep two figures that say something. */
export const moneyText = (sum: number, currency: string): string =>
  `${sum >= 1 || sum === 0 ? sum.toFixed(2) : Number(sum.toPrecision(2)).toString()} ${currency}`;

/** E.g. "1,204 calls in 3.5 min; target 120,000 tokens sent, 80,000 received; 0.42 USD". */
export function spentText({ seconds, tokens, cost }: ReportSpent): string {
  const roles = Object.entries(tokens).filter(([, { calls }]) => calls > 0);
  const calls = roles.map(([role, each]) => `${plural(each.calls, 'call')} to the ${role}`).join(', ');
  const told = roles.map(
    ([role, { prompt, completion, estimated }]) =>
      `${role} ${count(prompt)} tokens sent, ${count(completion)} received${estimated > 0 ? ` (estimated from the length in ${plural(estimated, 'call')})` : ''}`,
  );
  const byRole = Object.entries(cost?.by_role ?? {}).filter(([role]) => (tokens[role]?.calls ?? 0) > 0);
  const split =
    cost === null || byRole.length < 2
      ? ''
      : ` (${byRole.map(([role, sum]) => `${role} ${moneyText(sum, cost.currency)}`).join(', ')})`;
  const money = cost === null ? 'cost not known: no price is set' : `${moneyText(cost.total, cost.currency)}${split}`;
  return [`${calls === '' ? 'no calls' : calls} in ${durationText(seconds)}`, ...told, money].join('; ');
}
