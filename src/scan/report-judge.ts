// What reports and the terminal say of the judge, from our summary: names instead of ids.
import type { ReportJudge } from '../reports/report-data.ts';
import type { DataKind } from './calibration.ts';
import type { JudgeAgreement } from './judge-health.ts';
import type { CorrectedSuccess } from './judge-summary.ts';
import { judgeLayers, layersId } from './judges/index.ts';
import type { Summary } from './summarise.ts';

const between: Readonly<Record<keyof JudgeAgreement, string>> = {
  'layers-sample': 'rules and judge model agree on',
  'model-sample': 'two readings of the judge model agree on',
  threshold: 'two readings of close verdicts agree on',
};

const kinds: Readonly<Record<DataKind, string>> = {
  request: 'risky requests',
  rule: 'rules and secrets to keep',
  answer: 'requests that deserve an answer',
};

function correctedOf({ kind, raw, correction }: CorrectedSuccess): ReportJudge['corrected'][number] {
  const { rate, because, calibration } = correction;
  const basis =
    calibration === null
      ? null
      : `${calibration.rows} labelled rows of ${calibration.data} (sensitivity ${calibration.sensitivity.toFixed(2)}, specificity ${calibration.specificity.toFixed(2)})`;
  return { kind: kinds[kind], raw, rate, because, basis };
}

export function reportJudgeOf({ judge }: Pick<Summary, 'judge'>): ReportJudge {
  const { id, model, health, agreement, corrected } = judge;
  const isToday = id === layersId || (id?.startsWith(`${layersId}+`) ?? false);
  return {
    id,
    layers: isToday ? judgeLayers.map((layer) => layer.id) : [],
    hasModel: model !== null,
    promptSha256: model?.prompt_sha256 ?? null,
    health: health === null ? null : { ...health, isBelowFloor: health.is_below_floor },
    agreement:
      agreement === null
        ? []
        : (Object.keys(between) as (keyof JudgeAgreement)[]).map((occasion) => ({
            between: between[occasion],
            ...agreement[occasion],
          })),
    corrected: corrected.map(correctedOf),
  };
}
