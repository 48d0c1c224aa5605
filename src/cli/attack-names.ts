// Attacks by name on the command line: an unknown one is answered with the names that are short to type.
import { attacks, chooseAttack } from '../scan/attacks/index.ts';

/** Every id, and behind it what is short for one of its forms: "encoding (base64, rot13, ...)". */
const shortest = (): string[] =>
  attacks.map(({ id, shortNames }) => (shortNames ? `${id} (${[...shortNames.keys()].join(', ')})` : id));

/** Throws UNKNOWN_VALUE for a name that no attack has, INVALID_FIELD for parameters that do not fit. */
export function requireAttackNames(
  names: readonly string[],
  flag: string,
  parameters: Readonly<Record<string, string>> = {},
): void {
  for (const name of names) chooseAttack(name, flag, parameters, shortest);
}
