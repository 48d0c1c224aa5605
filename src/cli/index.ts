// The list of commands; a new one is a file and a line here.

import { attacksCommand } from './attacks.ts';
import type { AddCommand } from './command.ts';
import { datasetsCommand } from './datasets.ts';
import { demoCommand } from './demo.ts';
import { keysCommand } from './keys.ts';
import { scanCommand } from './scan.ts';
import { scansCommand } from './scans.ts';
import { serveCommand } from './serve.ts';
import { targetCommand } from './target.ts';

// biome-ignore format: one line a command
export const commands: readonly AddCommand[] = [
  serveCommand,
  scanCommand,
  scansCommand,
  attacksCommand,
  datasetsCommand,
  keysCommand,
  targetCommand,
  demoCommand,
];
