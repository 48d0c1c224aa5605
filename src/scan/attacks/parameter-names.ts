// Reads the parameters of an attack as people write them: letter case, hyphens and underscores aside, and by the names
// that papers and other tools give them. Plans and labels keep the spelling of ours.
import { z } from 'zod';
import type { Attack } from './attack.ts';

type Given = Readonly<Record<string, string>>;

/** What a parameter may be, as far as its schema lists it. */
interface Listed {
  readonly enum?: readonly unknown[];
}

const listedOf = ({ parameters }: Attack): Readonly<Record<string, Listed>> =>
  (z.toJSONSchema(parameters, { io: 'input' }).properties ?? {}) as Readonly<Record<string, Listed>>;

const plain = (written: string): string => written.replace(/[-_]/g, '').toLowerCase();

/** The one of `known` that is meant; what was written where it is none of them. */
const meant = (written: string, known: readonly string[]): string =>
  known.includes(written) ? written : (known.find((each) => plain(each) === plain(written)) ?? written);

/** The parameters under our names and with our values; whatever is unknown stays, for the schema to refuse. */
export function spelledAsOurs(attack: Attack, given: Given): Given {
  const listed = listedOf(attack);
  const aliases = attack.parameterAliases ?? {};
  return Object.fromEntries(
    Object.entries(given).map(([written, value]) => {
      const spelled = meant(written, [...Object.keys(listed), ...Object.keys(aliases)]);
      const name = aliases[spelled] ?? spelled;
      const values = listed[name]?.enum?.filter((each) => typeof each === 'string') ?? [];
      return [name, meant(value, values)];
    }),
  );
}

/** What an attack can be told, in a sentence. */
export function namesText(attack: Attack): string {
  const names = Object.keys(listedOf(attack));
  return names.length === 0 ? 'it takes no parameters' : `its parameters are ${names.join(', ')}`;
}
