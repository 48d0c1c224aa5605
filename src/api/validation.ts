// Reads a part of a request against its schema; the first thing that does not fit becomes a sentence that names the field.
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { invalidField } from '../core/errors.ts';
import { fieldPath } from '../core/field-path.ts';
import { issueReason, issueWords, plainIssue } from '../core/issue-words.ts';

export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data) => {
    const parsed = schema.safeParse(data, { reportInput: true, error: issueWords });
    if (parsed.success) return { value: parsed.data };
    const issue = plainIssue(parsed.error.issues[0]!);
    return { error: invalidField(fieldPath(issue.path) || 'request', `${issueReason(issue)}.`) };
  };
