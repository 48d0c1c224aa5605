// What lists of attacks say: the command line, our API and whoever reads either in a program. Derived from the parts.
import { z } from 'zod';
import type { Attack } from './attack.ts';

export const attackEntrySchema = z.object({
  id: z.string(),
  title: z.string().describe('The name that clients send'),
  summary: z.string(),
  paper: z.string().nullable(),
  family: z.string(),
  fidelity: z.string(),
  fidelity_without_attacker: z.string().describe('Of the form that runs where no attacker model is configured'),
  needs: z.array(z.string()),
  version: z.number().int(),
  calls: z.number().int().describe('Calls to the target for one test under the default parameters'),
  parameters: z.record(z.string(), z.unknown()).describe('JSON Schema of each parameter'),
  short_names: z.array(z.string()),
});

/** zod leaves out the default of what is read from text, such as a switch. */
const withDefault: z.core.ToJSONSchemaParams['override'] = ({ zodSchema: { _zod: schema }, jsonSchema }) => {
  if (schema.def.type === 'default') jsonSchema.default = schema.def.defaultValue as typeof jsonSchema.default;
};

/** An attack as a list shows it. */
export function entryOf(attack: Attack): z.infer<typeof attackEntrySchema> {
  const { id, title, summary, paper, family, fidelity, version, calls, parameters, shortNames } = attack;
  return {
    id,
    title,
    summary,
    paper,
    family,
    fidelity,
    fidelity_without_attacker: attack.fidelityWithoutAttacker ?? fidelity,
    needs: [...(attack.needs ?? [])],
    version,
    calls,
    parameters: z.toJSONSchema(parameters, { io: 'input', override: withDefault }).properties ?? {},
    short_names: [...(shortNames?.keys() ?? [])],
  };
}
