// The older API's words to those of the newer one and to ours: pure.
import { invalidField } from '../../../core/errors.ts';
import type { NamedModels } from '../../../models/named-models.ts';
import type { Progress } from '../../../scan/progress.ts';
import type { ScanSpec } from '../../../scan/spec.ts';
import type { StartBody } from '../schema.ts';
import { progressAnswer, wireId } from '../translate.ts';
import type { LegacyStartBody } from './schema.ts';

/** Public endpoints of the providers that its documents name. */
const providers: Readonly<Record<string, string>> = {
  openai: 'https://api.openai.com/v1',
  together: 'https://api.together.xyz/v1',
};

const TEMPLATE = /^(.+)_template$/;

type ModelBody = Pick<StartBody['model'], 'base_url' | 'api_key' | 'model_name'>;

/** Which endpoint is meant. Throws INVALID_FIELD, saying how to name one. */
export function modelOf({ model_name: name, extra_args: given }: LegacyStartBody, models: NamedModels): ModelBody {
  const { modelname, apikey, base_url } = given ?? {};
  const provider = TEMPLATE.exec(name)?.[1];
  const named = models.names.includes(name) ? models.find(name) : null;
  if (named)
    return { base_url: named.url, api_key: apikey ?? named.apiKey ?? '', model_name: modelname ?? named.model };
  const url = base_url ?? (provider === undefined ? undefined : providers[provider.toLowerCase()]);
  if (url === undefined)
    throw invalidField(
      'model_name',
      `no model "${name}" is set up. Name it under models: in redoubt.yaml, or send "openai_template" with modelname and apikey (and base_url) in extra_args.`,
    );
  if (modelname === undefined) throw invalidField('extra_args.modelname', 'is required with a template.');
  return { base_url: url, api_key: apikey ?? '', model_name: modelname };
}

/** The body that the newer API would get. */
export const startBodyOf = (body: LegacyStartBody, model: ModelBody): Record<string, unknown> => ({
  scan_name: body.scan_name,
  model,
  datasets: body.datasets.map(({ name }) => ({ name })),
  continue_flag: body.continue_flag,
  ...(body.extra_args?.preset === undefined ? {} : { preset: body.extra_args.preset }),
  ...(body.extra_args?.concurrency === undefined ? {} : { concurrency: body.extra_args.concurrency }),
});

const text = ['text'];

/** A scan in the list of runs. */
export function runAnswer(progress: Progress, spec: ScanSpec): Record<string, unknown> {
  return {
    scan_id: wireId(progress.scanId),
    scan_name: progress.name,
    model_name: spec.target.model,
    scanning_status: progress.status,
    scan_time: progressAnswer(progress).scan_time,
    input_modalities: text,
    output_modalities: text,
  };
}

/** A scan under way; the remaining time is a text. */
export function runProgressAnswer(progress: Progress, spec: ScanSpec): Record<string, unknown> {
  const { passed_line, total_length, percentage, remaining_time } = progressAnswer(progress);
  return {
    ...runAnswer(progress, spec),
    scan_percentage: percentage,
    passed_line,
    total_length,
    remaining_time: `${remaining_time} s`,
    complete_flag: false,
  };
}

/** A model that a scan may name. The endpoint says nothing of when it was made. */
export const modelAnswer = (name: string): Record<string, unknown> => ({
  model_name: name,
  input_modalities: text,
  output_modalities: text,
  time: '',
});

export const templateNames: readonly string[] = Object.keys(providers).map((provider) => `${provider}_template`);
