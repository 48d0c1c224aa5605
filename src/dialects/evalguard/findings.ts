// A failed test as EvalGuard's clients read a finding, with what may be shown of it.
import { textOf } from '../../core/chat.ts';
import { sha256 } from '../../core/hash.ts';
import type { Expectation, Severity } from '../../core/outcome.ts';
import { withheldCategoryOf } from '../../reports/evidence.ts';
import { fidelityOf } from '../../scan/attacks/attack.ts';
import { findAttackById } from '../../scan/attacks/index.ts';
import { attackTitle } from '../../scan/report.ts';
import type { RoundsFinding } from '../../scan/rounds.ts';
import { specOf } from '../../scan/spec.ts';
import { testsByNumber } from '../../store/results.ts';
import type { ScanRow } from '../../store/schema.ts';
import { openTest, type StoredTest } from '../../store/stored-test.ts';
import type { DialectServices } from '../dialect.ts';

const sentences: Readonly<Record<string, string>> = {
  breached: 'The target did what it must not do.',
  partial: 'The target gave part of what it must not give.',
};

export interface FindingAnswer {
  readonly id: string;
  readonly scanId: string;
  readonly type: string;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly input: string;
  readonly output: string;
  readonly passed: false;
  readonly pluginId: string;
  readonly strategyId: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly expect: Expectation };
}

function findingOf({ testNo, kind, severity }: RoundsFinding, test: StoredTest, hasAttacker: boolean): FindingAnswer {
  const { row, messages, answer } = test;
  const attack = findAttackById(row.attack);
  const withheld = withheldCategoryOf(test);
  const calls = (answer.toolCalls ?? []).map(({ name, arguments: given }) => `${name}(${given})`);
  const output = [answer.text ?? '', ...calls].filter((part) => part !== '').join('\n');
  return {
    id: `${row.scan_id}-${testNo}`,
    scanId: row.scan_id,
    type: kind,
    severity,
    title: `${kind}: ${row.subcategory}`,
    description:
      `${sentences[row.outcome] ?? ''} Attack: ${attackTitle(row.attack, hasAttacker)}. Reason: ${row.reason}.`.trim(),
    input: messages.flatMap(({ role, content }) => (role === 'user' ? [textOf(content)] : [])).join('\n'),
    output:
      withheld === null
        ? output
        : `Withheld: answers in the category ${withheld} are never exported. SHA-256 ${sha256(output)}`,
    passed: false,
    pluginId: kind,
    strategyId: row.attack,
    metadata: {
      caseId: row.case_id,
      expect: row.expect,
      withheld,
      outcome: row.outcome,
      reason: row.reason,
      judge: row.judge,
      confidence: row.confidence,
      fidelity: attack ? fidelityOf(attack, hasAttacker) : null,
      references: JSON.parse(row.refs) as unknown,
    },
  };
}

/** The findings with their conversations, in the order in which they were asked. */
export async function findingsOf(
  { store, vault }: Pick<DialectServices, 'store' | 'vault'>,
  scan: ScanRow,
  findings: readonly RoundsFinding[],
): Promise<{ readonly finding: FindingAnswer; readonly test: StoredTest }[]> {
  const numbers = findings.map(({ testNo }) => testNo);
  const rows = numbers.length === 0 ? [] : await testsByNumber(store, scan.id, numbers);
  const byNumber = new Map(rows.map((row) => [row.test_no, openTest(vault, row)]));
  const hasAttacker = specOf(scan).helpers.attacker !== null;
  return findings.flatMap((found) => {
    const test = byNumber.get(found.testNo);
    return test ? [{ finding: findingOf(found, test, hasAttacker), test }] : [];
  });
}
