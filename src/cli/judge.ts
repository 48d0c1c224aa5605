// `redoubt judge`: the entry of its parts, each in a file of its own.
import type { AddCommand } from './command.ts';
import { addJudgeFile } from './judge-file.ts';

export const judgeCommand: AddCommand = (group) => {
  addJudgeFile(group);
};
