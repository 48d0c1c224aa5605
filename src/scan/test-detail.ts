// One test as a person looks at it: what was asked in plain words and as sent, what came back, who judged it and by what.
import { type ChatMessage, type ToolCall, textOf } from '../core/chat.ts';
import { RedoubtError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { TestCase } from '../core/test-case.ts';
import { withheldCategoryOf } from '../reports/evidence.ts';
import { caseOf } from '../store/datasets.ts';
import { marksBetween, testByPlanKey } from '../store/marks.ts';
import { testsByNumber, triesOf } from '../store/results.ts';
import type { MarkRow, ScanRow, TryRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { openTest, type StoredAnswer, type StoredTest } from '../store/stored-test.ts';
import { placeOfTry, type Vault } from '../store/vault.ts';
import { testCaseOfBody } from './datasets/case-line.ts';
import { type EvidenceSpan, evidenceSpans } from './evidence-spans.ts';
import { reproOf } from './repro.ts';
import { type ScanSpec, specOf } from './spec.ts';

/** The words of one turn; the hash in their place where they are withheld. */
export interface ShownWords {
  readonly role: string;
  readonly text: string | null;
  readonly sha256: string | null;
  readonly images: number;
  readonly toolCalls: readonly ToolCall[];
}

export interface ShownAnswer {
  readonly text: string | null;
  /** With the attack's encoding undone; null where that changed nothing. */
  readonly decoded: string | null;
  readonly sha256: string | null;
  readonly reasoning: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly failure: string | null;
}

export interface Conversation {
  readonly messages: readonly ShownWords[];
  readonly answer: ShownAnswer;
}

export interface TestDetail extends Conversation {
  readonly test: StoredTest;
  /** Null where the case is no longer stored. */
  readonly testCase: TestCase | null;
  /** The category for which the target's words never leave the database. */
  readonly withheld: string | null;
  readonly evidence: readonly EvidenceSpan[];
  readonly tries: readonly TryRow[];
  readonly mark: MarkRow | null;
  readonly repro: string | null;
}

interface DetailContext {
  readonly store: Store;
  readonly vault: Vault;
}

const imagesIn = ({ content }: ChatMessage): number =>
  typeof content === 'string' ? 0 : content.filter(({ type }) => type === 'image_url').length;

function wordsOf(message: ChatMessage, withheld: boolean): ShownWords {
  const text = textOf(message.content);
  const isHidden = withheld && message.role === 'assistant';
  return {
    role: message.role,
    text: isHidden ? null : text,
    sha256: isHidden ? sha256(text) : null,
    images: imagesIn(message),
    toolCalls: isHidden ? [] : (message.toolCalls ?? []),
  };
}

function answerOf({ text, decoded, reasoning, toolCalls, failure }: StoredAnswer, withheld: boolean): ShownAnswer {
  const shown = (words: string | undefined): string | null => (withheld ? null : (words ?? null));
  return {
    text: shown(text),
    decoded: shown(decoded),
    sha256: text === undefined ? null : sha256(text),
    reasoning: shown(reasoning),
    toolCalls: withheld ? [] : (toolCalls ?? []),
    failure: failure ?? null,
  };
}

/** What of a conversation may be seen. */
const conversationOf = (messages: readonly ChatMessage[], answer: StoredAnswer, withheld: boolean): Conversation => ({
  messages: messages.map((message) => wordsOf(message, withheld)),
  answer: answerOf(answer, withheld),
});

const NUMBER = /^\d{1,10}$/;

/** The test of this plan_key or number. Throws NOT_FOUND. */
async function requireStoredTest({ store, vault }: DetailContext, scanId: string, key: string): Promise<StoredTest> {
  const testNo = NUMBER.test(key) ? Number(key) : (await testByPlanKey(store, scanId, key))?.test_no;
  const [row] = testNo === undefined ? [] : await testsByNumber(store, scanId, [testNo]);
  if (row === undefined) throw new RedoubtError('NOT_FOUND', { field: 'Test', value: key });
  return openTest(vault, row);
}

async function caseOfTest(store: Store, spec: ScanSpec, { row }: StoredTest): Promise<TestCase | null> {
  const dataset = spec.datasets.find(({ slug, role }) => slug === row.dataset && role === row.role);
  const found = dataset === undefined ? undefined : await caseOf(store, dataset.datasetId, row.case_id);
  return found === undefined ? null : testCaseOfBody(found.body, row.case_id);
}

/** `key`: the test's plan_key, or its number. Throws NOT_FOUND. */
export async function testDetail(context: DetailContext, scan: ScanRow, key: string): Promise<TestDetail> {
  const { store } = context;
  const test = await requireStoredTest(context, scan.id, key);
  const spec = specOf(scan);
  const testCase = await caseOfTest(store, spec, test);
  const withheld = withheldCategoryOf(test);
  const { row, messages, answer } = test;
  const conversation = conversationOf(messages, answer, withheld !== null);
  const { text, decoded, toolCalls } = conversation.answer;
  const adaptations = JSON.parse(scan.adaptations) as string[];
  // Earlier answers stand in the request of a later turn.
  const hidesTurns = withheld !== null && messages.some(({ role }) => role === 'assistant');
  return {
    test,
    testCase,
    withheld,
    ...conversation,
    evidence: evidenceSpans({
      oracle: testCase?.oracle ?? null,
      reason: row.reason,
      answer: text,
      decoded,
      toolCalls,
    }),
    tries: await triesOf(store, scan.id, row.test_no),
    mark: (await marksBetween(store, scan.id, row.test_no, row.test_no)).get(row.test_no) ?? null,
    repro: hidesTurns ? null : reproOf(spec.target, messages, testCase?.tools ?? [], adaptations),
  };
}

/** One try of a test with its conversation. Throws NOT_FOUND. */
export async function tryDetail(
  context: DetailContext,
  scan: ScanRow,
  key: string,
  tryNo: number,
): Promise<Conversation & { readonly row: TryRow; readonly withheld: string | null }> {
  const test = await requireStoredTest(context, scan.id, key);
  const row = (await triesOf(context.store, scan.id, test.row.test_no)).find(({ try_no }) => try_no === tryNo);
  if (row === undefined) throw new RedoubtError('NOT_FOUND', { field: 'Try', value: String(tryNo) });
  const place = placeOfTry(row.scan_id, row.test_no, row.try_no);
  const answer: StoredAnswer = row.answer === null ? {} : JSON.parse(context.vault.open(row.answer, place));
  const withheld = withheldCategoryOf(test);
  return { row, withheld, ...conversationOf(JSON.parse(row.messages), answer, withheld !== null) };
}
