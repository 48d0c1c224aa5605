// What a scan costs: the prices of its models, and what they make of its tokens.
import { invalidField } from '../core/errors.ts';
import type { ByHelper, HelperName } from '../models/helper-models.ts';
import type { ModelPrice, PriceOf } from '../models/prices.ts';
import type { CallCounterRow, HelperCallRow } from '../store/schema.ts';
import type { ScanRequest } from './request.ts';
import { guardAlone, type PaidRole, type Prices, paidRoles, type ScanSpec } from './spec.ts';

const TOKENS_PRICED = 1_000_000;

/** Tokens of a role; `estimated` is how many of its calls had theirs estimated from their length. */
export interface RoleTokens {
  readonly calls: number;
  readonly prompt: number;
  readonly completion: number;
  readonly estimated: number;
}

export const costOfTokens = (
  { prompt, completion }: Pick<RoleTokens, 'prompt' | 'completion'>,
  { input, output }: ModelPrice,
): number => (prompt * input + completion * output) / TOKENS_PRICED;

/** Which roles have a model in a scan. */
const rolesOf = ({ helpers }: Pick<ScanSpec, 'helpers'>): PaidRole[] =>
  paidRoles.filter((role) => role === 'target' || helpers[role] !== null);

type Priced = Pick<ScanSpec, 'guard' | 'helpers' | 'prices'>;

/** Whose price the cost needs: where the guard alone is asked, the target costs nothing. */
const pricedRolesOf = (spec: Priced): PaidRole[] =>
  rolesOf(spec).filter((role) => role !== 'target' || !guardAlone(spec) || spec.prices?.target != null);

/** Prices of the models that a scan would have. A helper is known by its host alone, as no more of it is kept. */
export function pricesOf(
  { helpers, priceOf }: { readonly helpers: ByHelper<HelperName>; readonly priceOf?: PriceOf },
  { target, judge }: ScanRequest,
): Prices {
  const ofHelper = (role: 'attacker' | 'judge'): ModelPrice | null => {
    const helper = helpers[role];
    return helper === null ? null : (priceOf?.(`http://${helper.host}`, helper.model) ?? null);
  };
  return {
    target: priceOf?.(target.url, target.model) ?? null,
    attacker: ofHelper('attacker'),
    judge: judge ? ofHelper('judge') : null,
  };
}

const modelOf = ({ target, helpers }: Pick<ScanSpec, 'target' | 'helpers'>, role: PaidRole): string =>
  role === 'target' ? target.model : (helpers[role]?.model ?? '');

/** Throws INVALID_FIELD where a bound could not be held: a model without a price, answers without a verdict. */
export function requireWhatBoundsNeed(request: ScanRequest, spec: ScanSpec): void {
  const { bounds, boundFields, judge } = request;
  if (bounds === undefined) return;
  if (bounds.untilInterval !== null && !judge)
    throw invalidField(boundFields?.untilInterval ?? '--until-interval', 'needs verdicts: leave --no-judge out');
  if (bounds.maxCost === null) return;
  const field = boundFields?.maxCost ?? '--max-cost';
  const roles = pricedRolesOf(spec);
  const without = roles.filter((role) => spec.prices?.[role] == null);
  if (without.length > 0)
    throw invalidField(
      field,
      `needs a price of ${without.map((role) => `${modelOf(spec, role)} (${role})`).join(', ')}: write it under prices in redoubt.yaml`,
    );
  const currencies = [...new Set(roles.map((role) => spec.prices?.[role]?.currency))];
  if (currencies.length > 1)
    throw invalidField(field, `needs prices in one currency, not in ${currencies.join(' and ')}`);
}

/** The currency of a scan's prices; null where no price is known, or they differ. */
export function currencyOf(spec: Priced): string | null {
  const currencies = pricedRolesOf(spec).map((role) => spec.prices?.[role]?.currency ?? null);
  return currencies.every((each) => each === currencies[0]) ? (currencies[0] ?? null) : null;
}

const sumOf = (rows: readonly CallCounterRow[]): RoleTokens =>
  rows.reduce(
    (sum, row) => ({
      calls: sum.calls + row.n,
      prompt: sum.prompt + row.tokens_in,
      completion: sum.completion + row.tokens_out,
      estimated: sum.estimated + row.estimated,
    }),
    { calls: 0, prompt: 0, completion: 0, estimated: 0 },
  );

/** What a scan has taken. `cost` is null where a price is missing, or prices are in several currencies. */
export interface ScanSpending {
  /** While it was worked on, in seconds. */
  readonly seconds: number;
  readonly tokens: Readonly<Partial<Record<PaidRole, RoleTokens>>>;
  readonly cost: {
    readonly currency: string;
    readonly total: number;
    readonly by_role: Readonly<Partial<Record<PaidRole, number>>>;
  } | null;
}

/** Roles that the scan has no model for are left out. */
export function spendingOf(
  spec: Priced,
  calls: readonly CallCounterRow[],
  helperCalls: readonly HelperCallRow[],
  activeMs: number,
): ScanSpending {
  const roles = rolesOf(spec);
  const tokens = Object.fromEntries(
    roles.map((role) => [role, sumOf(role === 'target' ? calls : helperCalls.filter((row) => row.role === role))]),
  ) as Partial<Record<PaidRole, RoleTokens>>;
  const currency = currencyOf(spec);
  if (currency === null) return { seconds: activeMs / 1000, tokens, cost: null };
  const byRole = Object.fromEntries(
    pricedRolesOf(spec).map((role) => [role, costOfTokens(tokens[role]!, spec.prices![role]!)]),
  ) as Partial<Record<PaidRole, number>>;
  const total = Object.values(byRole).reduce((sum, each) => sum + each, 0);
  return { seconds: activeMs / 1000, tokens, cost: { currency, total, by_role: byRole } };
}
