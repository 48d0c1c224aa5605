// Reads the words of attacks, which lie as data under data/prompts. Each file is read once: the package does not
// change while it runs.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Random } from '../../core/random.ts';

/** What `data/prompts/<name>.yaml` holds, read on the first call. Throws where the file does not fit its schema. */
export function promptFile<Value>(name: string, schema: z.ZodType<Value>): () => Value {
  let known: Value | undefined;
  return () => {
    const path = fileURLToPath(new URL(`../../../data/prompts/${name}.yaml`, import.meta.url));
    known ??= schema.parse(parse(readFileSync(path, 'utf8')));
    return known;
  };
}

const templateSchema = z.strictObject({ id: z.string(), text: z.string() });
type Template = z.infer<typeof templateSchema>;

export const DRAWN = 'drawn';

export interface TemplatePool {
  readonly all: () => readonly Template[];
  /** A parameter that names a template, or "drawn": one by the seed, another for each case. */
  readonly parameter: (name: string) => z.ZodDefault<z.ZodString>;
  /** The template with this id, or the drawn one; its text without blanks around it. */
  readonly choose: (id: string, random: Random) => string;
}

/** The templates of `data/prompts/<name>.yaml`, a list of `id` and `text`. */
export function templatePool(name: string): TemplatePool {
  const all = promptFile(name, z.array(templateSchema).min(1));
  const parameter = (field: string) =>
    z
      .string()
      .refine((id) => id === DRAWN || all().some((template) => template.id === id), {
        error: () =>
          `${field} is "${DRAWN}" or one of ${all()
            .map(({ id }) => id)
            .join(', ')}`,
      })
      .default(DRAWN);
  const choose = (id: string, random: Random): string => {
    const pool = all();
    return (pool.find((template) => template.id === id) ?? pool[random.below(pool.length)]!).text.trim();
  };
  return { all, parameter, choose };
}

/** The template with `{name}` replaced by the words of that name; nothing else in it is read. */
export const fill = (template: string, words: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
