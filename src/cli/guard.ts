// `redoubt guard check`: asks the guard about a text, or about every line of a file, without a server.
import { text as readStream } from 'node:stream/consumers';
import Table from 'cli-table3';
import { z } from 'zod';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { openGuard } from '../compose.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { notJson } from '../core/json-fault.ts';
import { wordsOfLine } from '../core/line-words.ts';
import { SAFE_LABEL } from '../guard/detectors/detector.ts';
import type { Finding } from '../guard/finding.ts';
import type { Guard } from '../guard/guard.ts';
import { guardRoles } from '../guard/message.ts';
import { ownWords } from '../guard/open-policy.ts';
import type { GuardResult } from '../guard/service.ts';
import { readGivenFile } from '../scan/given-file.ts';
import { type AddCommand, action, collect, noteError, print, printJsonLine } from './command.ts';
import { requirePolicies } from './guard-policies.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly file?: string;
  readonly policy: readonly string[];
  readonly json?: boolean;
}

const lineSchema = z.object({
  text: z.string('must be a text'),
  id: z.union([z.string(), z.number()]).nullish(),
  role: z.enum(guardRoles).default('user'),
});
type Line = z.infer<typeof lineSchema>;

function readLine(written: string, place: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    throw new RedoubtError('FILE_INVALID', { field: place, reason: `${notJson(written, error)}.` });
  }
  const parsed = lineSchema.safeParse(value, { error: wordsOfLine });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RedoubtError('FILE_INVALID', {
    field: place,
    reason: `${[...(issue?.path ?? []), issue?.message].join(' ')}.`,
  });
}

function readFile(path: string): Line[] {
  const lines = readGivenFile(path, '--file')
    .split('\n')
    .map((written, index) => ({ written, place: `${path} line ${index + 1}` }))
    .filter(({ written }) => written.trim() !== '');
  if (lines.length === 0)
    throw new RedoubtError('FILE_INVALID', { field: `--file ${path}`, reason: 'the file is empty.' });
  return lines.map(({ written, place }) => readLine(written, place));
}

async function linesOf(given: string | undefined, flags: Flags): Promise<Line[]> {
  if (given !== undefined && flags.file !== undefined) throw invalidField('TEXT', 'cannot stand beside --file.');
  if (flags.file !== undefined) return readFile(flags.file);
  if (given === undefined) throw invalidField('TEXT', 'give a text, "-" for standard input, or --file FILE.jsonl.');
  return [{ text: given === '-' ? await readStream(process.stdin) : given, role: 'user' }];
}

const checkLine = (guard: Guard, line: Line, policies: readonly string[]): Promise<GuardResult> =>
  guard.service.check({
    projectId: DEFAULT_PROJECT,
    messages: [{ role: line.role, content: line.text }],
    session: null,
    inline: [],
    enabled: policies,
    fields: { inline: 'policies', enabled: '--policy', words: ownWords('') },
    overrideResponse: null,
    failFast: false,
  });

const decisionOf = ({ decision }: GuardResult): string => {
  if (decision.denied) return 'deny';
  if (decision.flagged) return 'flag';
  return decision.redacted ? 'redact' : 'allow';
};

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e4) / 1e4);

const breakdownOf = (finding: Finding): Record<string, unknown> => ({
  policy: finding.policyId,
  detector: finding.detector,
  action: finding.action,
  detected: finding.detected,
  score: rounded(finding.score),
  threshold: rounded(finding.threshold),
  labels: finding.labels.map(({ label }) => label),
  spans: finding.hits.flatMap((hit) => hit.spans.map(({ start, end, label, kind }) => ({ start, end, label, kind }))),
  ...(finding.undecided === null ? {} : { undecided: finding.undecided }),
});

const jsonLine = (line: Line, number: number, result: GuardResult): Record<string, unknown> => ({
  id: line.id ?? number,
  status: result.decision.flagged ? 'flagged' : 'safe',
  decision: decisionOf(result),
  breakdown: result.decision.findings.filter((finding) => finding.asked).map(breakdownOf),
  ms: Math.round(result.ms * 1000) / 1000,
});

const whatOf = (finding: Finding): string => {
  if (finding.undecided !== null) return `could not decide: ${finding.undecided}`;
  if (!finding.detected) return '';
  return finding.labels.flatMap(({ label }) => (label === SAFE_LABEL ? [] : [label])).join(', ');
};

function printResult(line: Line, number: number, result: GuardResult): void {
  print(`${line.id ?? number}: ${decisionOf(result)} (${result.ms.toFixed(1)} ms)`);
  const shown = result.decision.findings.filter((finding) => finding.asked);
  if (shown.length === 0) return;
  const head = ['Policy', 'Detector', 'Action', 'Score', 'Threshold', 'Found'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const finding of shown)
    table.push([
      finding.policyId,
      finding.detector,
      finding.action,
      finding.score?.toFixed(3) ?? '-',
      finding.threshold.toFixed(3),
      whatOf(finding),
    ]);
  print(table.toString());
}

async function check(given: string | undefined, flags: Flags): Promise<void> {
  const lines = await linesOf(given, flags);
  await withRedoubt(flags, async (redoubt) => {
    const guard = await openGuard(redoubt, noteError);
    try {
      await requirePolicies(guard, flags.policy, '--policy');
      for (const [index, line] of lines.entries()) {
        const result = await checkLine(guard, line, flags.policy);
        if (flags.json) printJsonLine(jsonLine(line, index + 1, result));
        else printResult(line, index + 1, result);
      }
    } finally {
      await guard.close();
    }
  });
}

export const guardCommand: AddCommand = (group) =>
  void withSettings(
    group.command('check [text]').description('decide on a text, on "-" (standard input), or on each line of a file'),
  )
    .option('--file <file>', 'JSON lines with text and optional id and role')
    .option('--policy <id>', 'ask this policy and not the default set (repeatable)', collect, [])
    .option('--json', 'print one JSON object a line')
    .action(action(check));
