// A planned scan as text to keep or to run elsewhere: command line, curl, TOML. A key never stands in it.
import type { ScanForm, TargetForm } from './plan.ts';
import { bodyOf } from './plan.ts';

const quoted = (text: string): string => (/^[\w./:@=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Where the endpoint is; the simulated target as `redoubt target` serves it. */
const endpointOf = ({ kind, profile, baseUrl, model }: TargetForm): { url: string; model: string } =>
  kind === 'simulated' ? { url: 'http://127.0.0.1:4010/v1', model: `simulated-${profile}` } : { url: baseUrl, model };

function targetFlags({ target }: ScanForm): string[] {
  if (target.kind === 'http') return ['--curl', 'my-app.curl'];
  const { url, model } = endpointOf(target);
  return ['--target', quoted(url), '--model', quoted(model)];
}

const given = (flag: string, value: string, without = ''): string[] => (value === without ? [] : [flag, quoted(value)]);

/** One flag a line, so that it can be read. */
export function asCommand(form: ScanForm): string {
  const { target } = form;
  const isEndpoint = target.kind === 'openai';
  const flags = [
    targetFlags(form),
    given('--name', form.name),
    given('--preset', form.preset, 'standard'),
    ...(form.datasets ?? []).map((name) => ['--dataset', quoted(name)]),
    given('--suite', form.suite),
    ...form.attacks.map((name) => ['--attack', quoted(name)]),
    form.takesImages ? ['--input-modality text', '--input-modality image'] : [],
    given('--limit', form.limit),
    given('--seed', form.seed, '1'),
    given('--concurrency', form.concurrency, '8'),
    given('--qpm', form.qpm),
    given('--timeout', form.timeout, '60'),
    isEndpoint ? given('--temperature', target.temperature, '0.7') : [],
    isEndpoint ? given('--max-tokens', target.maxTokens, '2048') : [],
    given('--system', target.system),
    given('--guard', form.guard, 'none'),
    given('--max-cost', form.maxCost),
    given('--max-calls', form.maxCalls),
    given('--max-time', form.maxMinutes === '' ? '' : `${form.maxMinutes}m`),
    given('--until-interval', form.untilInterval),
    form.judge ? [] : ['--no-judge'],
  ].filter((flag) => flag.length > 0);
  return ['redoubt scan', ...flags.map((flag) => flag.join(' '))].join(' \\\n  ');
}

export function asCurl(form: ScanForm, origin: string): string {
  const body = bodyOf(form);
  const target =
    'api_key' in body.target && body.target.api_key ? { ...body.target, api_key: 'YOUR-MODEL-KEY' } : body.target;
  return [
    `curl ${origin}/api/redoubt/v1/scans`,
    `-H "Authorization: Bearer $REDOUBT_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify({ ...body, target }, null, 2))}`,
  ].join(' \\\n  ');
}

const tomlString = (text: string): string => JSON.stringify(text);

/** As `POST /v1/scan/start` takes it; `titles` are the names of the datasets by their slugs. */
export function asToml(form: ScanForm, titles: ReadonlyMap<string, string>): string {
  const { target } = form;
  const endpoint = endpointOf(target);
  const names = (form.datasets ?? []).map((slug) => `  {name = ${tomlString(titles.get(slug) ?? slug)}}`);
  return [
    '[model]',
    `base_url = ${tomlString(endpoint.url)}`,
    'api_key = "YOUR-MODEL-KEY"',
    `model_name = ${tomlString(endpoint.model)}`,
    `temperature = ${Number(target.temperature)}`,
    `max_tokens = ${Number(target.maxTokens)}`,
    '',
    '[scan]',
    ...(form.name === '' ? [] : [`scan_name = ${tomlString(form.name)}`]),
    'datasets = [',
    names.join(',\n'),
    ']',
    ...(form.attacks.length === 0 ? [] : [`algorithms = [${form.attacks.map(tomlString).join(', ')}]`]),
    `preset = ${tomlString(form.preset)}`,
    `input_modalities = [${form.takesImages ? '"text", "image"' : '"text"'}]`,
    `concurrency = ${form.concurrency}`,
    ...(form.qpm === '' ? [] : [`qpm = ${form.qpm}`]),
    '',
  ].join('\n');
}
