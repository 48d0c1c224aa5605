// `redoubt judge`: the entry of its parts, each in a file of its own.
import type { AddCommand } from './command.ts';
import { addJudgeCalibrate } from './judge-calibrate.ts';
import { addJudgeFile } from './judge-file.ts';

export const judgeCommand: AddCommand = (group) => {
  // So that `calibrate FILE --json` is an option of calibrate.
  group.enablePositionalOptions();
  addJudgeFile(group);
  addJudgeCalibrate(group);
};
