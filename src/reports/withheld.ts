// Which answers are never exported: those to cases of the categories in data/taxonomies/withheld.yaml.
// Apart from evidence.ts, which says what is shown of all others.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const path = new URL('../../data/taxonomies/withheld.yaml', import.meta.url);

const fileSchema = z.object({
  categories: z.array(z.object({ id: z.string(), title: z.string(), patterns: z.array(z.string()).min(1) })).min(1),
});

/** What is known of a case where its answer is exported. */
export interface CaseLabels {
  /** Empty where the case names none. */
  readonly subcategory: string;
  readonly leaf?: string | null;
  readonly references: readonly string[];
}

interface WithheldCategory {
  readonly title: string;
  readonly pattern: RegExp;
}

let known: readonly WithheldCategory[] | null = null;

/** Read once, and only when something is exported: the package does not change while it runs. */
function categories(): readonly WithheldCategory[] {
  known ??= fileSchema
    .parse(parse(readFileSync(path, 'utf8')))
    .categories.map(({ title, patterns }) => ({ title, pattern: new RegExp(patterns.join('|'), 'i') }));
  return known;
}

/** Cases of a dataset share a few labels; more distinct ones than this are not kept. */
const MOST_LABELS = 1_000;
const titles = new Map<string, string | null>();

const plainWords = (label: string): string =>
  label
    .replace(/[_\-/']+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function titleFor(labels: readonly string[]): string | null {
  const words = labels.map(plainWords);
  return categories().find(({ pattern }) => words.some((label) => pattern.test(label)))?.title ?? null;
}

/** Title of the withheld category that a case belongs to; null where its answer may be exported. */
export function withheldCategory({ subcategory, leaf, references }: CaseLabels): string | null {
  const labels = [subcategory, leaf ?? '', ...references].filter((label) => label !== '');
  if (labels.length === 0) return null;
  const key = labels.join('\n');
  const decided = titles.get(key);
  if (decided !== undefined) return decided;
  const title = titleFor(labels);
  if (titles.size < MOST_LABELS) titles.set(key, title);
  return title;
}
