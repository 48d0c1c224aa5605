// Targets that redoubt.yaml names: found by `--target`, held against the files and variables that they name.
import { dirname, resolve } from 'node:path';
import { readTargetKey, readVariable, type Settings } from '../config.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { looksLikeCurl } from '../models/curl-command.ts';
import { extraHeadersSchema, mayCarry } from '../models/extra-headers.ts';
import { parseTargetFile } from '../models/target-file.ts';
import { readGivenFile } from '../scan/given-file.ts';

type Entry = Settings['targets']['named'][string];
type ModelEntry = Extract<Entry, { base_url: string }>;
type HttpEntry = Exclude<Entry, ModelEntry>;

/** A target of the settings that was asked for. */
export interface ChosenTarget {
  readonly name: string;
  readonly entry: Entry;
  /** Where the files lie that it names. */
  readonly folder: string;
}

export const isModel = (entry: Entry): entry is ModelEntry => 'base_url' in entry;

/** A file that the settings name, beside redoubt.yaml. */
export const besideSettings = ({ file }: Pick<Settings, 'file'>, path: string): string =>
  resolve(file === null ? '.' : dirname(file), path);

/** Names hold none of these, so that an address never becomes a name. */
const isAddress = (text: string): boolean => /[.:/]/.test(text) || text === 'localhost';

/** Null where an address was given, or nothing. Throws INVALID_FIELD for a name that is none. */
export function chosenTarget(given: string | undefined, settings: Settings): ChosenTarget | null {
  const { named } = settings.targets;
  if (given === undefined || isAddress(given)) return null;
  const entry = Object.hasOwn(named, given) ? named[given] : undefined;
  if (entry !== undefined) return { name: given, entry, folder: besideSettings(settings, '.') };
  const names = Object.keys(named).join(', ');
  const listed = names === '' ? 'which names none' : `which names ${names}`;
  throw invalidField(
    '--target',
    `"${given}" is no address (https://...) and no name under targets: in redoubt.yaml, ${listed}.`,
  );
}

/** What the settings call a part of a named target. */
export const settingOf = (name: string, key = ''): string => `targets.${name}${key}`;

/** The setting that says where it is, for errors. */
export function addressField({ name, entry }: ChosenTarget): string {
  const key = isModel(entry) ? '.base_url' : 'curl' in entry.template ? '.curl' : '.url';
  return `Setting ${settingOf(name, key)}`;
}

function curlFileOf({ template }: HttpEntry): string | null {
  const { curl } = template;
  return typeof curl === 'string' && !looksLikeCurl(curl) ? curl : null;
}

/** Files that an entry may name, by the setting that names them; the system prompt may be a text as well. */
export function filesOfEntry({ name, entry, folder }: ChosenTarget): [path: string, field: string][] {
  const named = { curl: isModel(entry) ? null : curlFileOf(entry), system: entry.system };
  return Object.entries(named).flatMap(([key, path]): [string, string][] =>
    path === null || path === undefined ? [] : [[resolve(folder, path), `Setting ${settingOf(name, `.${key}`)}`]],
  );
}

/** What is wrong with a part of the template is said of that part. */
function checkTemplate(name: string, text: string): void {
  try {
    parseTargetFile(text);
  } catch (error) {
    if (!(error instanceof RedoubtError)) throw error;
    const said = error.details.reason ?? error.message;
    const [, part, reason] = /^([\w.[\]-]+): (.*)$/s.exec(said) ?? [];
    const field = settingOf(name, part === undefined ? '' : `.${part}`);
    throw new RedoubtError('SETTING_INVALID', { field, reason: `${reason ?? said}.` }, error);
  }
}

/** Stands for a file that is read only when the target is asked. */
const ANY_CURL = "curl https://example.com -d 'text={{prompt}}'";

function checkApplication(name: string, { template, ...entry }: HttpEntry): void {
  if (!('curl' in template || 'url' in template))
    throw new RedoubtError('SETTING_INVALID', {
      field: settingOf(name),
      reason: 'must be a model (base_url, model) or an HTTP application (curl, or url and body).',
    });
  const curl = curlFileOf({ ...entry, template }) === null ? {} : { curl: ANY_CURL };
  checkTemplate(name, JSON.stringify({ ...template, ...curl }));
}

/** What the file holds that `curl` names: a curl command, read as the rest of the entry says, or a whole template. */
function textWithFile(name: string, { template }: HttpEntry, path: string): string {
  const field = settingOf(name, '.curl');
  const text = readGivenFile(path, `Setting ${field}`);
  const { curl: _, ...more } = template;
  const keys = Object.keys(more).join(', ');
  if (keys === '') return text;
  if (!looksLikeCurl(text)) {
    const reason = `${path} holds a whole template: write ${keys} there.`;
    throw new RedoubtError('SETTING_INVALID', { field, reason });
  }
  return JSON.stringify({ ...more, curl: text });
}

/** The template of an HTTP application, as a target file holds it. Throws SETTING_INVALID, and FILE_INVALID for a file. */
export function templateText({ name, entry, folder }: ChosenTarget & { readonly entry: HttpEntry }): string {
  const file = curlFileOf(entry);
  const text = file === null ? JSON.stringify(entry.template) : textWithFile(name, entry, resolve(folder, file));
  checkTemplate(name, text);
  return text;
}

function checkHeaders(name: string, headers: Readonly<Record<string, string>>, ofVariables: object): void {
  const [issue] = extraHeadersSchema.safeParse(headers).error?.issues ?? [];
  if (issue === undefined) return;
  const [header] = issue.path.map(String);
  const part = header !== undefined && Object.hasOwn(ofVariables, header) ? '.headers_env' : '.headers';
  const field = settingOf(name, header === undefined ? part : `${part}.${header}`);
  const reason = issue.code === 'invalid_key' ? 'is not a header name' : issue.message;
  throw new RedoubtError('SETTING_INVALID', { field, reason: `${reason}.` });
}

/** Extra headers of a named target, those whose values variables hold among them. Throws SETTING_INVALID. */
export function headersOfEntry({ name, entry }: ChosenTarget): Record<string, string> {
  const plain = Object.entries(isModel(entry) ? entry.headers : {});
  const secret = Object.entries(entry.headers_env).map(([header, variable]): [string, string] => [
    header,
    readVariable(variable, settingOf(name, '.headers_env')),
  ]);
  checkHeaders(name, Object.fromEntries([...plain, ...secret]), entry.headers_env);
  return Object.fromEntries([...plain, ...secret].map(([header, value]) => [header.toLowerCase(), value]));
}

export const keyOfEntry = (name: string, { base_url, api_key_env }: ModelEntry): string | null =>
  api_key_env === null ? readTargetKey(base_url) : readVariable(api_key_env, settingOf(name, '.api_key_env'));

/**
 * Whether an entry can be a target at all, as far as the settings alone say: files and variables that it names are read
 * when it is asked. Throws SETTING_INVALID.
 */
export function checkEntry(name: string, entry: Entry): void {
  const headers = { ...(isModel(entry) ? entry.headers : {}), ...entry.headers_env };
  checkHeaders(name, headers, entry.headers_env);
  if (isModel(entry) && !mayCarry(headers, entry.api_key_env))
    throw new RedoubtError('SETTING_INVALID', {
      field: settingOf(name, '.headers'),
      reason: 'may hold Authorization only where there is no api_key_env.',
    });
  if (!isModel(entry)) checkApplication(name, entry);
}
