// The suites: each names cases and attacks that exist, answers to the names other tools use, and can be scanned.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDecidableOffline } from '../src/core/test-case.ts';
import { chooseAttack, requireAttack } from '../src/scan/attacks/index.ts';
import { testCaseOf } from '../src/scan/datasets/case-line.ts';
import { builtInTitles } from '../src/scan/datasets/index.ts';
import { findSuite, requireSuite, suites } from '../src/scan/suites/catalogue.ts';
import { casesOfSuite, storeSuite } from '../src/scan/suites/store-suite.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';

/** What EvalGuard's documents, SDKs and templates call attack types, and the frameworks of semantics.md. */
const otherTools = `prompt-injection jailbreak pii-leak data-extraction data-exfiltration excessive-agency
  pii-social-engineering ssrf unverifiable-claims memory-poisoning hallucination-probe hallucination financial-advice
  exploit-tool-agent cross-context-retrieval competitor-extraction bias-probe bias bfla tool-orchestration-abuse
  shell-injection recursive-hijacking rag-source-attribution rag-document-exfiltration pci-dss overreliance hipaa
  disability-bias age-bias gender-bias debug-access coppa gdpr coding-agent-terminal-injection
  coding-agent-secret-env-read coding-agent-secret-file-read coding-agent-repo-injection bola sql-injection xss
  rag-poisoning phi-disclosure path-traversal misinformation mcp-tool-poisoning legal-advice medical-advice contracts
  indirect-injection goal-hijacking tool-metadata-poisoning advertising-discrimination system-prompt-leakage tool-misuse
  owasp owasp-agentic nist eu-ai-act mitre-atlas finra`
  .split(/\s+/)
  .filter(Boolean);

const FEWEST_TESTS = 5;

describe('the catalogue of suites', () => {
  it.each(otherTools)('knows %s', (name) => {
    expect(findSuite(name)).not.toBeNull();
  });

  it('gives each name to one suite', () => {
    const names = suites().flatMap(({ id, also }) => [id, ...also].map((name) => name.toLowerCase()));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(suites())('$id names cases and attacks that exist, each once', (suite) => {
    expect(suite.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(suite.summary).toMatch(/^[A-Z].*\.$/);
    for (const slice of suite.slices) {
      expect(casesOfSuite({ slices: [slice] }).length, JSON.stringify(slice)).toBeGreaterThan(0);
      for (const subcategory of slice.subcategories ?? [])
        expect(casesOfSuite({ slices: [{ ...slice, subcategories: [subcategory] }] }), subcategory).not.toEqual([]);
      for (const leaf of slice.leaves ?? [])
        expect(casesOfSuite({ slices: [{ ...slice, leaves: [leaf] }] }), leaf).toHaveLength(1);
    }
    const labels = suite.attacks.map((name) => chooseAttack(name).label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it.each(suites())('$id brings at least five tests that need no judge model', ({ slices, attacks }) => {
    const chosen = attacks.map((name) => requireAttack(chooseAttack(name).id));
    const cases = casesOfSuite({ slices }).map(({ line, id }) => testCaseOf(line, id));
    const tests = cases
      .filter(isDecidableOffline)
      .reduce((sum, { expect: wanted }) => sum + chosen.filter((attack) => attack.appliesTo(wanted)).length, 0);
    expect(tests).toBeGreaterThanOrEqual(FEWEST_TESTS);
  });
});

describe('a suite by name', () => {
  it.each(['prompt-injection', 'Prompt injection', ' PROMPT_INJECTION ', 'direct-injection'])(
    'is found as %s',
    (name) => {
      expect(requireSuite(name, 'attackTypes[0]').id).toBe('prompt-injection');
    },
  );

  it.each(builtInTitles())('is also the whole dataset %s', (title) => {
    const suite = requireSuite(`dataset:${title}`, 'x');
    expect(suite.attacks).toEqual(['direct']);
    expect(casesOfSuite(suite).length).toBeGreaterThan(50);
  });

  it('that is unknown is refused with what there is', () => {
    expect(() => requireSuite('telepathy', 'attackTypes[2]')).toThrow(/attackTypes\[2\].*telepathy.*jailbreak/s);
    expect(() => requireSuite('dataset:nothing', '--suite')).toThrow(/dataset:privacy/);
    expect(findSuite('dataset:benign-twins')).toBeNull();
  });
});

describe('a stored suite', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace();
  });
  afterAll(() => place.close());

  it('is a dataset of its own, stored once', async () => {
    const suite = requireSuite('tool-misuse', 'x');
    const id = await storeSuite(place.redoubt.store, suite, 1);
    expect(await storeSuite(place.redoubt.store, suite, 2)).toBe(id);
    expect(await storeSuite(place.redoubt.store, requireSuite('xss', 'x'), 2)).not.toBe(id);
  });
});
