// Runs one test of an attack that searches: hands it target, attacker and draws, checkpoints every step, confirms what
// looks like a success, and decides the test from the tries.
import type { ChatMessage } from '../core/chat.ts';
import type { Verdict } from '../core/outcome.ts';
import type { TestCase } from '../core/test-case.ts';
import type { TryRow } from '../store/schema.ts';
import type { StoredAnswer } from '../store/stored-test.ts';
import { placeOfTry } from '../store/vault.ts';
import { attackerOf, gaveUpOf } from './attacker.ts';
import { type SearchingAttack, stopsAtSuccess } from './attacks/attack.ts';
import { openingWith, requestOf } from './attacks/opening.ts';
import { randomOfTry } from './attacks/rehearse.ts';
import type { Reply, Search } from './attacks/search.ts';
import { type Bare, bareOfSearch, bareOfTurn, worstBare } from './bare-standing.ts';
import { isBorneOut, standingOf, withoutSuccess } from './confirmation.ts';
import { Interrupted, type Journal, openJournal } from './journal.ts';
import { declines } from './judges/refusal.ts';
import { type TalkOptions, talk } from './target-talk.ts';
import type { TestGround } from './test-context.ts';
import { type Decision, rankOf, testRow, worstOf, worstVerdict } from './test-row.ts';
import type { TryRecord } from './try-record.ts';

/** What a step with the target leaves behind: the try's row, its bytes as text, and what was judged. */
interface TargetStep extends Omit<TryRecord, 'row'> {
  readonly row: Omit<TryRow, 'messages' | 'answer'>;
  readonly messages: string;
  readonly answer: string;
}

/** A turn, or a try by its deciding turn, with what is made of its success. */
export interface Turn {
  readonly record: TryRecord;
  readonly standing: 'none' | 'confirmed' | 'unconfirmed';
  /** Likewise without the guard; undefined where it was not in play. */
  readonly bare: Bare | undefined;
}

interface AskedTurn extends Turn {
  /** What came; without an answer only why. */
  readonly answer: StoredAnswer;
  /** It only led up to the request. */
  readonly leads?: boolean;
}

const written = ({ row, ...judged }: TryRecord): TargetStep => {
  const { messages, answer, ...rest } = row;
  return { ...judged, row: rest, messages, answer: Buffer.from(answer ?? []).toString('base64') };
};

const readBack = ({ row, messages, answer, ...judged }: TargetStep): TryRecord => ({
  ...judged,
  row: { ...row, messages, answer: Buffer.from(answer, 'base64') },
});

interface SearchGround extends TestGround {
  readonly attack: SearchingAttack;
}

interface Ground extends SearchGround {
  readonly journal: Journal;
}

const stopsIn = ({ attack, context }: SearchGround): boolean =>
  stopsAtSuccess(attack, context.helpers.attacker !== null);

async function askOnce(
  ground: Ground,
  tryNo: number,
  conversation: readonly ChatMessage[],
  options: TalkOptions,
): Promise<TryRecord> {
  const step = await ground.journal.step({ tryNo, conversation, options }, async () => {
    const talked = await talk(ground, tryNo, conversation, options);
    return talked && { ...talked, value: written(talked.record) };
  });
  return readBack(step);
}

const sumOf = (left: number | null, right: number | null): number | null =>
  left === null ? right : left + (right ?? 0);

/** The turn with its success confirmed, or not; calls and tokens of the confirmation are added to it. */
async function askConfirmed(
  ground: Ground,
  tryNo: number,
  conversation: readonly ChatMessage[],
  options: TalkOptions,
): Promise<AskedTurn> {
  const record = await askOnce(ground, tryNo, conversation, options);
  const answer = answerOf(ground, record);
  if (!stopsIn(ground)) return { record, answer, standing: 'none', bare: record.verdict.bare };
  const said = { answer: record.decoded, request: requestOf(ground.testCase) };
  const bareWith = (standing: Turn['standing']) => ({ standing, bare: bareOfTurn(record.verdict, standing, said) });
  const standing = standingOf(record.verdict, said);
  if (standing !== 'repeat') return { record, answer, ...bareWith(standing) };
  const again = await askOnce(ground, tryNo, conversation, {
    ...options,
    branch: `${options.branch ?? ''}again`,
    temperature: 0,
  });
  const row = {
    ...record.row,
    calls: record.row.calls + again.row.calls,
    tokens_in: sumOf(record.row.tokens_in, again.row.tokens_in),
    tokens_out: sumOf(record.row.tokens_out, again.row.tokens_out),
  };
  return { record: { ...record, row }, answer, ...bareWith(isBorneOut(again.verdict) ? 'confirmed' : 'unconfirmed') };
}

function answerOf(ground: Ground, { row }: TryRecord): StoredAnswer {
  const place = placeOfTry(row.scan_id, row.test_no, row.try_no);
  return row.answer === null ? {} : (JSON.parse(ground.context.vault.open(row.answer, place)) as StoredAnswer);
}

function replyOf(ground: Ground, { record, answer, standing }: AskedTurn): Reply {
  const { verdict, decoded } = record;
  const isBreach = verdict.outcome === 'breached';
  return {
    text: decoded,
    said: { role: 'assistant', content: answer.text ?? '' },
    verdict,
    succeeded: stopsIn(ground) ? standing === 'confirmed' : isBreach,
    refused:
      (answer.refused ?? false) ||
      (answer.filtered ?? false) ||
      verdict.outcome === 'refused' ||
      declines(decoded) === 'yes',
    answered: answer.failure === undefined,
  };
}

const turnNumber = (testCase: TestCase, record: TryRecord): number => {
  const messages = JSON.parse(record.row.messages) as ChatMessage[];
  const before = testCase.messages.filter(({ role }) => role === 'assistant').length;
  return messages.filter(({ role }) => role === 'assistant').length - before + 1;
};

const unconfirmedColumns = { outcome: 'inconclusive', reason: 'unconfirmed', score: null } as const;

/** A turn that led up to the request counts only where the request was not asked. */
function countingTurns(all: readonly AskedTurn[]): readonly AskedTurn[] {
  const asking = all.filter(({ leads }) => !leads);
  return asking.length > 0 ? asking : all;
}

/** The turn that a try is judged by: the confirmed one, else the last where it broke off without an answer, else the worst. */
function decidingTurn(turns: readonly AskedTurn[]): AskedTurn {
  const confirmed = turns.find(({ standing }) => standing === 'confirmed');
  if (confirmed) return confirmed;
  const worst = turns[worstOf(turns.map(({ record }) => record))]!;
  const isFound = worst.standing === 'none' && worst.record.verdict.outcome === 'breached';
  const last = turns.at(-1)!;
  return last.answer.failure === undefined || isFound ? worst : last;
}

/** One try out of its turns; its calls and tokens are those of all turns. */
function tryOf(testCase: TestCase, turns: readonly AskedTurn[]): Turn {
  const counting = countingTurns(turns);
  const deciding = decidingTurn(counting);
  const sum = (key: 'calls' | 'tokens_in' | 'tokens_out'): number =>
    turns.reduce((total, { record }) => total + (record.row[key] ?? 0), 0);
  const isKnown = (key: 'tokens_in' | 'tokens_out'): boolean => turns.some(({ record }) => record.row[key] !== null);
  const turn = turnNumber(testCase, deciding.record);
  const row: TryRow = {
    ...deciding.record.row,
    calls: sum('calls'),
    tokens_in: isKnown('tokens_in') ? sum('tokens_in') : null,
    tokens_out: isKnown('tokens_out') ? sum('tokens_out') : null,
    turn: turn > 1 || turns.length > 1 ? turn : null,
    ...(deciding.standing === 'unconfirmed' ? unconfirmedColumns : {}),
  };
  const bare = worstBare(counting.map((turn) => turn.bare));
  return { record: { ...deciding.record, row }, standing: deciding.standing, bare };
}

/** Stands for a test in which nothing could be sent. */
function nothingSent({ context, planned, testCase }: Ground): TryRecord {
  const { scanId, vault, ask } = context;
  const { testNo } = planned;
  const failure = 'The attacker model wrote nothing that could be sent.';
  return {
    verdict: { outcome: 'inconclusive', score: null, confidence: 1, reason: 'attacker_failed', judge: 'none' },
    decoded: '',
    utility: null,
    row: {
      scan_id: scanId,
      test_no: testNo,
      try_no: 0,
      messages: JSON.stringify(openingWith(testCase, requestOf(testCase))),
      answer: vault.seal(JSON.stringify({ failure }), placeOfTry(scanId, testNo, 0)),
      outcome: 'inconclusive',
      reason: 'attacker_failed',
      score: null,
      confidence: 1,
      judge: 'none',
      judge_score: null,
      calls: 0,
      latency_ms: 0,
      tokens_in: null,
      tokens_out: null,
      finish_reason: null,
      model: null,
      fingerprint: null,
      request_id: null,
      turn: null,
      ended_at: ask.clock.now(),
    },
  };
}

/** The decision over the tries of an attack that stops at its success or asks all; at least one. `gaveUp`: how often the attacker model wrote nothing to go on with. */
export function decideTries(
  stops: boolean,
  tries: readonly Turn[],
  gaveUp: number,
): Pick<Decision, 'verdict' | 'decidingTry' | 'firstSuccess'> {
  if (!stops) {
    const records = tries.map((each) => each.record);
    const worst = worstOf(records);
    const verdict = worstVerdict(records);
    return { verdict, decidingTry: worst, firstSuccess: verdict.outcome === 'breached' ? worst : null };
  }
  const bare = bareOfSearch(tries.map((each) => each.bare));
  const withBare = (verdict: Verdict): Verdict => (bare === undefined ? verdict : { ...verdict, bare });
  const success = tries.findIndex((each) => each.standing === 'confirmed');
  if (success >= 0)
    return { verdict: withBare(tries[success]!.record.verdict), decidingTry: success, firstSuccess: success };
  const { index, verdict } = withoutSuccess(
    tries.map((each) => ({ verdict: each.record.verdict, isUnconfirmed: each.standing === 'unconfirmed' })),
    gaveUp,
    rankOf,
  );
  return { verdict: withBare(verdict), decidingTry: index, firstSuccess: null };
}

/** Runs the attack over the target until it ends. Throws Interrupted. */
async function search(ground: Ground, attacker: Search['attacker']) {
  const { context, planned, testCase, attack } = ground;
  const turns = new Map<number, AskedTurn[]>();
  const backtracks = new Map<number, number>();
  const branchOf = (tryNo: number): TalkOptions =>
    backtracks.has(tryNo) ? { branch: `b${backtracks.get(tryNo)}` } : {};
  const asked = async (
    tryNo: number,
    conversation: readonly ChatMessage[],
    options: TalkOptions,
    leads: boolean,
  ): Promise<Reply> => {
    const turn = await askConfirmed(ground, tryNo, conversation, options);
    turns.set(tryNo, [...(turns.get(tryNo) ?? []), { ...turn, leads }]);
    return replyOf(ground, turn);
  };
  await attack.search(
    {
      testCase,
      attacker,
      random: (tryNo) => randomOfTry(context.spec.seed, testCase.id, planned.attack.label, tryNo),
      ask: (tryNo, conversation, decode) =>
        asked(tryNo, conversation, { ...branchOf(tryNo), ...(decode ? { decode } : {}) }, false),
      lead: (tryNo, conversation) => asked(tryNo, conversation, { ...branchOf(tryNo), isUnjudged: true }, true),
      backtrack: (tryNo) => void backtracks.set(tryNo, (backtracks.get(tryNo) ?? 0) + 1),
    },
    planned.attack.parameters,
  );
  const tries = [...turns].sort(([a], [b]) => a - b).map(([, list]) => tryOf(testCase, list));
  return { tries, backtracks: [...backtracks.values()].reduce((sum, n) => sum + n, 0) };
}

/** False: the scan was stopped; every step that was taken is stored. */
export async function runSearch(plain: SearchGround): Promise<boolean> {
  const { context, planned, judged } = plain;
  const { scanId, vault } = context;
  const { testNo } = planned;
  const journal = await openJournal(
    { scanId, testNo, vault },
    {
      stored: () => context.stepsStored(testNo),
      store: (step, { calls, tokens }) => context.store({ step, calls, tokens }),
      forget: (from) => context.forgetSteps(testNo, from),
    },
  );
  const helper = context.helpers.attacker && attackerOf(context.helpers.attacker, journal, `${scanId}:${testNo}`);
  const ground: Ground = { ...plain, journal };
  try {
    const { tries: asked, backtracks } = await search(ground, helper?.attacker ?? null);
    const tries =
      asked.length > 0 ? asked : [{ record: nothingSent(ground), standing: 'none' as const, bare: undefined }];
    const decided = decideTries(stopsIn(plain), tries, gaveUpOf(helper?.use()));
    const decision: Decision = {
      ...decided,
      tries: asked.length,
      calls: tries.reduce((sum, { record }) => sum + record.row.calls, 0),
      backtracks,
      utility: tries[decided.decidingTry]!.record.utility,
      unconfirmed: tries.filter(({ standing }) => standing === 'unconfirmed').length,
      attacker: helper?.use() ?? null,
    };
    await context.store({
      test: testRow(scanId, planned, judged, decision),
      tries: tries.map(({ record }) => record.row),
      calls: [],
      endsSteps: true,
    });
    return true;
  } catch (error) {
    if (error instanceof Interrupted) return false;
    throw error;
  }
}
