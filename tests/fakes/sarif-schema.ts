// SARIF 2.1.0 as a strict schema, as far as we write it: required properties, types, enums and formats of the OASIS
// schema (errata 01), and what the specification adds to it in words. A property that is not named here fails.
import { z } from 'zod';

/** RFC 3986: what may stand in a URI reference; every percent sign begins an escape. */
const uriReference = z.string().regex(/^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})+$/i);
/** Relative, without steps that lead elsewhere (3.4.3). */
const relativePath = uriReference.refine((uri) => !/^[a-z][\w+.-]*:|^\/|(?:^|\/)\.{0,2}(?:\/|$)/i.test(uri));
/** No half of a surrogate pair: JSON lets one through, UTF-8 has none. */
const text = z.string().refine((value) => value.isWellFormed());
/** Braces that mean themselves are doubled; we send no arguments for placeholders (3.11.5). */
const message = z.strictObject({ text: text.refine((value) => !/[{}]/.test(value.replace(/\{\{|\}\}/g, ''))) });
const unique = <Item extends z.ZodType>(item: Item) =>
  z.array(item).refine((items) => new Set(items.map((each) => JSON.stringify(each))).size === items.length);
const bag = z.looseObject({ tags: unique(text).optional() });

const rule = z.strictObject({
  id: text.min(1),
  name: text,
  shortDescription: message,
  properties: bag.extend({
    /** Code scanning takes at most 20 tags a rule. */
    tags: unique(text).refine(({ length }) => length <= 20),
    'security-severity': z.string().regex(/^(?:10\.0|\d\.\d)$/),
  }),
});

const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: relativePath }),
    region: z.strictObject({ startLine: z.int().min(1) }),
  }),
  logicalLocations: unique(z.strictObject({ name: text, fullyQualifiedName: text, kind: text })),
});

const suppression = z.strictObject({
  kind: z.enum(['inSource', 'external']),
  status: z.enum(['accepted', 'underReview', 'rejected']),
  justification: text,
});

const result = z.strictObject({
  ruleId: text,
  ruleIndex: z.int().min(0).optional(),
  level: z.enum(['none', 'note', 'warning', 'error']),
  message,
  locations: z.array(location),
  partialFingerprints: z.record(text, text),
  baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).optional(),
  suppressions: unique(suppression).optional(),
  properties: bag,
});

const semanticVersion = z.string().regex(/^\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/);

const run = z
  .strictObject({
    tool: z.strictObject({
      driver: z.strictObject({ name: text.min(1), semanticVersion, rules: unique(rule) }),
    }),
    automationDetails: z.strictObject({ id: text }),
    results: z.array(result),
    properties: bag,
  })
  .superRefine(({ tool, results }, context) => {
    const ids = tool.driver.rules.map(({ id }) => id);
    if (new Set(ids).size < ids.length) context.addIssue('two rules of one id');
    for (const { ruleId, ruleIndex } of results) {
      if (!ids.includes(ruleId)) context.addIssue(`no rule ${ruleId}`);
      if (ruleIndex !== undefined && ids[ruleIndex] !== ruleId) context.addIssue(`another rule at ${ruleIndex}`);
    }
    // Either all results of a run have a state or none has (3.27.24).
    if (new Set(results.map(({ baselineState }) => baselineState === undefined)).size > 1)
      context.addIssue('a result without a baseline state');
  });

export const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(run),
});
