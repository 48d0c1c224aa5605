// A parameter that is on or off, from the command line ("true", "no") or from an API (true, false).
import { z } from 'zod';

export const flag = (preset: boolean): z.ZodDefault<z.ZodType<boolean>> =>
  z.union([z.boolean(), z.stringbool()]).default(preset);
