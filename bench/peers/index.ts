// The peers that bench:peers compares with; a new one is a file and a line here.
import { deepteam } from './deepteam.ts';
import { garak } from './garak.ts';
import { inspect } from './inspect.ts';
import type { Peer } from './peer.ts';
import { promptfoo } from './promptfoo.ts';
import { pyrit } from './pyrit.ts';

export const peers: readonly Peer[] = [promptfoo, garak, inspect, deepteam, pyrit];
