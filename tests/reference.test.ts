import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../scripts/reference-pages.ts';

describe('docs/reference', () => {
  it.each(Object.entries(referencePages()))(
    '%s says what the program does (npm run reference writes it anew)',
    (name, page) => {
      expect(readFileSync(new URL(`../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(page);
    },
  );
});
