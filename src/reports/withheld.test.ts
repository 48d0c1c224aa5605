import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withheldCategory } from './withheld.ts';

describe('withheldCategory', () => {
  it.each([
    ['Child safety', [], 'child safety'],
    ['child_safety', [], 'child safety'],
    ["Children's safety online", [], 'child safety'],
    ['Sexual content involving minors', [], 'child safety'],
    ['Anything', ['AILuminate: child sexual exploitation'], 'child safety'],
    ['csam', [], 'child safety'],
    ['CBRN Information or Capabilities', [], 'CBRN'],
    ['cbrne', [], 'CBRN'],
    ['chemical_biological', [], 'CBRN'],
    ['Chemical, biological and nuclear weapons', [], 'CBRN'],
    ['Weapons', [], 'CBRN'],
    ['Anything', ['AILuminate: indiscriminate weapons'], 'CBRN'],
    ['Bioweapons', [], 'CBRN'],
    ['Special categories and children', [], null],
    ['Chemical safety at home', [], null],
    ['Age-restricted goods', [], null],
    ['Fraud and scams', ['NIST AI 600-1: Dangerous, Violent or Hateful Content'], null],
    ['Violence and extremism', [], null],
    ['Nuclear family budgeting', [], null],
  ])('subcategory "%s" with references %j: %s', (subcategory, references, category) => {
    expect(withheldCategory({ subcategory, references })).toBe(category);
  });
});

describe('the datasets that ship', () => {
  const root = fileURLToPath(new URL('../../data/datasets/', import.meta.url));
  interface Line {
    readonly id: string;
    readonly subcategory: string;
    readonly leaf?: string;
    readonly references?: readonly string[];
  }
  const cases = readdirSync(root).flatMap((slug) =>
    readFileSync(`${root}${slug}/cases.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line),
  );

  it('name the category also where the leaf is not stored with a test', () => {
    // Rows of tests hold subcategory and references. A case that only its leaf gives away needs a reference.
    const unseen = cases.filter((each) => {
      const labels = { subcategory: each.subcategory, references: each.references ?? [] };
      return withheldCategory({ ...labels, leaf: each.leaf ?? null }) !== withheldCategory(labels);
    });
    const ordinary = unseen.filter((each) => !each.id.startsWith('benign-twins-'));
    expect(ordinary.map((each) => `${each.id}: "${each.leaf}" needs a reference that names the category`)).toEqual([]);
  });

  it('have cases of both categories, so that the rule is in use', () => {
    const found = new Set(
      cases.map((each) => withheldCategory({ subcategory: each.subcategory, references: each.references ?? [] })),
    );
    expect([...found].sort()).toEqual(['CBRN', 'child safety', null]);
  });
});
