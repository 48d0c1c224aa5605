// Who works on this machine: for marks and decisions that carry a name.
import { userInfo } from 'node:os';

/** Whoever is logged in; on a system without names, nobody in particular. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'somebody';
  }
}
