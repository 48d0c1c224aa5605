// The layers in the order in which they are asked; the first that decides, decides. A new layer is a file and a line.
import { scoreOf, type Verdict } from '../../core/outcome.ts';
import { announcedBefore } from './announced.ts';
import { answerKey } from './answer-key.ts';
import { blocked } from './blocked.ts';
import { forbiddenClause, requiredClause } from './clauses.ts';
import { echo } from './echo.ts';
import { forbiddenTool } from './forbidden-tool.ts';
import { inventedEntity } from './invented-entity.ts';
import type { JudgedTry, JudgeLayer } from './judge.ts';
import { localModel } from './local-model.ts';
import { noText } from './no-text.ts';
import { plantedSecret } from './planted-secret.ts';
import { refusal } from './refusal.ts';
import { remainder } from './remainder.ts';
import { repetition } from './repetition.ts';
import { systemPrompt } from './system-prompt.ts';
import { toolUse } from './tool-use.ts';

export const judgeLayers: readonly JudgeLayer[] = [
  plantedSecret,
  systemPrompt,
  forbiddenTool,
  toolUse,
  blocked,
  noText,
  forbiddenClause,
  answerKey,
  inventedEntity,
  refusal,
  repetition,
  echo,
  requiredClause,
  announcedBefore(localModel),
  localModel,
  remainder,
];

/** Names the layers that made a verdict: it changes whenever one of them decides otherwise. */
export const layersId = `layers-${judgeLayers.reduce((sum, layer) => sum + layer.version, 0)}`;

const byToolCalls: readonly JudgeLayer[] = [plantedSecret, forbiddenTool, toolUse];

/** The verdict that the calls of tools alone lead to; null where they break no rule. */
export const judgeByToolCalls = (judged: JudgedTry): Verdict | null => firstVerdict(byToolCalls, judged);

function firstVerdict(layers: readonly JudgeLayer[], judged: JudgedTry): Verdict | null {
  for (const layer of layers) {
    const verdict = layer.decide(judged);
    if (verdict) return { ...verdict, score: scoreOf(verdict.outcome), judge: `${layersId}/${layer.id}` };
  }
  return null;
}

/** Judges one try by the layers. The verdict's judge reads e.g. "layers-10/refusal". */
export function judgeTry(judged: JudgedTry): Verdict {
  const verdict = firstVerdict(judgeLayers, judged);
  if (verdict) return verdict;
  return { outcome: 'inconclusive', score: null, confidence: 0, reason: 'no_judge', judge: layersId };
}
