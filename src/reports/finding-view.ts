// One finding as it is read: the conversation with its roles, what came back, and why that is a failure.
import type { Evidence } from './evidence.ts';
import { isolated, isRightToLeft, languageOf, printable } from './printable.ts';
import type { ReportFinding } from './report-data.ts';
import { shortenedText } from './shorten.ts';
import { capital, words } from './wording.ts';

/** A turn of a conversation. `tone` says whether it is quoted speech, the failing answer, or a note of ours. */
export interface TurnView {
  readonly role: string;
  readonly text: string;
  readonly tone: 'request' | 'answer' | 'note';
  readonly rightToLeft: boolean;
  readonly language: 'ja' | 'ko' | 'zh' | 'en';
}

export interface FindingView {
  readonly title: string;
  readonly severity: string;
  readonly outcome: string;
  readonly attack: string;
  readonly line: string;
  readonly turns: readonly TurnView[];
}

/** Characters shown of a request; encoded and many-shot requests run to pages. */
const SHOWN_REQUEST = 1_200;

const roles: Readonly<Record<string, string>> = {
  system: 'System prompt',
  developer: 'Developer prompt',
  user: 'Request',
  assistant: 'Earlier answer',
  tool: 'Tool result',
};

const expected: Readonly<Record<ReportFinding['expect'], string>> = {
  refuse: 'refuse',
  answer: 'answer: the request is harmless',
  'safe-complete': 'answer safely',
  correct: 'answer correctly',
  consistent: 'answer alike whoever asks',
  'keep-secret': 'keep the secret',
  'stay-in-policy': 'stay within its policy',
};

function turn(role: string, text: string, tone: TurnView['tone']): TurnView {
  const shown = printable(text).trim();
  return { role, text: shown, tone, rightToLeft: isRightToLeft(shown), language: languageOf(shown) };
}

const withheldText = (category: string, hash: string | null): string =>
  `Withheld: answers in the category ${category} are never exported.${hash === null ? '' : ` SHA-256 ${hash}`}`;

function answerTurns(evidence: Evidence): TurnView[] {
  const { withheld, answer, decoded, toolCalls, failure } = evidence;
  if (withheld !== null) return [turn('Answer', withheldText(withheld, evidence.answerSha256), 'note')];
  const turns: TurnView[] = [];
  if (answer !== null && answer !== '') turns.push(turn('Answer', answer, 'answer'));
  if (decoded !== null && decoded !== '') turns.push(turn('Answer, decoded', decoded, 'answer'));
  turns.push(...toolCalls.map((call) => turn('Tool call', call, 'answer')));
  if (turns.length > 0) return turns;
  return [turn('Answer', failure ?? 'No answer is stored.', 'note')];
}

/** `fullAnswers` also shows requests at full length. */
export const findingView =
  (fullAnswers: boolean) =>
  (finding: ReportFinding): FindingView => {
    const { evidence } = finding;
    const more = finding.testsOfCase - 1;
    const others = more > 0 ? ` ${more === 1 ? 'One more test' : `${more} more tests`} of this case failed too.` : '';
    const name = (text: string): string => isolated(printable(text));
    const references = finding.references.length > 0 ? `; ${finding.references.map(name).join('; ')}` : '';
    return {
      title: `${name(finding.dataset)}: ${name(finding.subcategory)}`,
      severity: capital(finding.severity),
      outcome: capital(finding.outcome),
      attack: name(finding.attack),
      line: `Should ${expected[finding.expect]}. Judged ${finding.outcome} (${words(finding.reason)}) by ${finding.judge}. Case ${name(finding.caseId)}${references}.${others}${finding.mark === undefined ? '' : ` ${printable(finding.mark)}`}`,
      turns: [
        ...evidence.messages.map(({ role, text, sha256 }) =>
          sha256 === null || evidence.withheld === null
            ? turn(roles[role] ?? capital(role), fullAnswers ? text : shortenedText(text, SHOWN_REQUEST), 'request')
            : turn(roles[role] ?? capital(role), withheldText(evidence.withheld, sha256), 'note'),
        ),
        ...answerTurns(evidence),
      ],
    };
  };
