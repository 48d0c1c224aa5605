// The list of formats that `redoubt judge` reads; a new one is a file and a line here. Asked in this order.
import { garak } from './garak.ts';
import { garakHitlog } from './garak-hitlog.ts';
import type { Importer } from './import.ts';
import { inspectEval, inspectJson } from './inspect.ts';
import { ownLines } from './own-lines.ts';
import { ownResults } from './own-results.ts';
import { promptfooJson, promptfooJsonl } from './promptfoo.ts';
import { pyritCsv, pyritJson } from './pyrit.ts';

// biome-ignore format: one line a format
export const importers: readonly Importer[] = [
  garak,
  garakHitlog,
  promptfooJson,
  promptfooJsonl,
  pyritJson,
  pyritCsv,
  inspectJson,
  inspectEval,
  ownResults,
  ownLines,
];
