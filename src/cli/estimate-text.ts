// What a scan will take, as it is told before the first call.
import { durationText } from '../core/bounds.ts';
import { moneyText } from '../reports/spent-view.ts';
import { count } from '../reports/wording.ts';
import { type Estimate, unalteredSentence } from '../scan/estimate.ts';
import type { PlannedScan } from '../scan/planning.ts';
import { guardAlone, type PlannedDataset, type ScanSpec } from '../scan/spec.ts';

type Takes = Pick<Estimate, 'cost' | 'seconds' | 'seconds_by'>;

function costLine({ cost, seconds, seconds_by }: Takes): string {
  const time = `About ${durationText(seconds)}, by ${seconds_by}`;
  if (cost === null) return `${time}; cost not known: no price is set (prices in redoubt.yaml).`;
  const roles = Object.entries(cost.by_role);
  const split = roles.map(([role, sum]) => `${role} ${moneyText(sum, cost.currency)}`).join(', ');
  return `${time}; at most ${moneyText(cost.at_most, cost.currency)}${roles.length > 1 ? ` (${split})` : ''}.`;
}

function boundsLine({ bounds, prices }: ScanSpec): string[] {
  if (bounds === undefined) return [];
  const { maxCost, maxCalls, maxSeconds, untilInterval } = bounds;
  const named = [
    ...(maxCost === null ? [] : [moneyText(maxCost, prices?.target?.currency ?? '')]),
    ...(maxCalls === null ? [] : [`${count(maxCalls)} calls`]),
    ...(maxSeconds === null ? [] : [durationText(maxSeconds)]),
    ...(untilInterval === null ? [] : [`±${untilInterval} points in every dataset`]),
  ];
  return [`Ends early at ${named.join(', or at ')}; what did not run by then is counted as nothing.`];
}

export function estimateLines({ spec, planned, plannedAll, ...cost }: PlannedScan, takes: Takes): string[] {
  const inAll = (of: (dataset: PlannedDataset) => number): number =>
    spec.datasets.reduce((sum, dataset) => sum + of(dataset), 0);
  const controls = inAll((dataset) => (dataset.role === 'control' ? dataset.tests : 0));
  const twins = plannedAll - planned - controls;
  const needJudge = inAll((dataset) => dataset.needsJudge);
  const unaltered = inAll((dataset) => dataset.unaltered ?? 0);
  const leftOut = inAll((dataset) => dataset.leftOut ?? 0);
  const { target, attacks } = spec;
  const beside = [
    ...(twins > 0 ? [` and ${twins} harmless requests beside them`] : []),
    ...(controls > 0 ? [` and ${controls} controls of searches`] : []),
  ];
  const answers =
    cost.answerTokens === null ? 'answers of any length' : `${count(cost.answerTokens)} tokens of answers`;
  const asked = `${planned} tests (cases under ${attacks.length} ${attacks.length === 1 ? 'attack' : 'attacks'})${beside.join('')}`;
  const taken = guardAlone(spec)
    ? [`${asked}: the guard alone is asked, ${target.model} is not.`]
    : [
        `${asked}: at most ${count(cost.calls)} calls to ${target.model} at ${target.url}, ${target.concurrency} at once, retries apart.`,
        `About ${count(cost.promptTokens)} tokens are sent; at most ${answers}.`,
      ];
  return [
    ...taken,
    ...(cost.attackerCalls > 0 ? [`At most ${count(cost.attackerCalls)} calls to the attacker model.`] : []),
    ...(guardAlone(spec) && cost.attackerCalls === 0 ? [] : [costLine(takes)]),
    ...boundsLine(spec),
    ...(needJudge > 0 ? [`Not tested: ${needJudge} cases need a judge model, and none is configured.`] : []),
    ...(leftOut > 0
      ? [`Searching attacks and attacker models leave out ${leftOut} cases of child safety and CBRN.`]
      : []),
    ...(unaltered > 0 ? [unalteredSentence(unaltered)] : []),
  ];
}
