// The settings that a server shows: made where the settings are read, so that what is secret never gets here.
import { z } from 'zod';
import type { ByHelper, HelperName } from '../models/helper-models.ts';

const helper = z.object({ host: z.string(), model: z.string() }).nullable();

export const serverFactsSchema = z.object({
  database: z.enum(['sqlite', 'postgres']),
  listens: z.string(),
  targets_allowed: z
    .array(z.string())
    .describe('Beside public addresses; private ones too while it listens on loopback'),
  private_targets: z.boolean(),
  retention_days: z.record(z.string(), z.number()),
  models: z.array(z.string()),
  default_model_host: z.string().nullable(),
  attacker: helper,
  judge: helper,
  guard: z.object({
    log_sample: z.number(),
    log_days: z.number(),
    log_messages: z.string(),
    encoder: z.boolean().describe('Whether the runtime for transformers is there'),
  }),
  proxy: z.boolean(),
  virtuered_legacy: z.boolean(),
});
export type ServerFacts = z.infer<typeof serverFactsSchema>;

/** What is read of the settings; nothing of it is secret. */
interface ShownSettings {
  readonly database_url: string | null;
  readonly host: string;
  readonly port: number;
  readonly targets: { readonly allow: readonly string[] };
  readonly retention_days: Readonly<Record<string, number>>;
  readonly models: Readonly<Record<string, unknown>>;
  readonly openai: { readonly base_url: string | null };
  readonly guard: { readonly log_sample: number; readonly log_days: number; readonly log_messages: string };
  readonly proxy: unknown;
  readonly virtuered_legacy: boolean;
}

export function serverFacts(
  settings: ShownSettings,
  helpers: ByHelper<HelperName>,
  privateTargets: boolean,
  encoder: boolean,
): ServerFacts {
  const { database_url, host, port, targets, retention_days, models, openai, proxy, virtuered_legacy } = settings;
  const { log_sample, log_days, log_messages } = settings.guard;
  return {
    database: database_url === null ? 'sqlite' : 'postgres',
    listens: `${host}:${port}`,
    targets_allowed: [...targets.allow],
    private_targets: privateTargets,
    retention_days: { ...retention_days },
    models: Object.keys(models),
    default_model_host: openai.base_url === null ? null : new URL(openai.base_url).host,
    attacker: helpers.attacker,
    judge: helpers.judge,
    guard: { log_sample, log_days, log_messages, encoder },
    proxy: proxy !== null,
    virtuered_legacy,
  };
}
