import { describe, expect, it } from 'vitest';
import { RedoubtError } from '../core/errors.ts';
import { awayInWords, unopenedInWords } from './failure.ts';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('an error of PostgreSQL, to callers', () => {
  it.each([
    ['a server that stops', failure('terminating connection due to administrator command', '57P01')],
    ['nobody listens', failure('connect ECONNREFUSED 10.0.0.7:5432', 'ECONNREFUSED')],
    ['a connection that broke', failure('Connection terminated unexpectedly')],
    ['no place left', failure('sorry, too many clients already', '53300')],
  ])('is one that passes, without the address of the database: %s', (_, error) => {
    const worded = awayInWords(error) as RedoubtError;
    expect(worded).toMatchObject({ code: 'DATABASE_AWAY', kind: 'unavailable', cause: error });
    expect(worded.message).not.toContain(error.message);
    expect(awayInWords(worded), 'worded once').toBe(worded);
  });

  it('stays what it is where it speaks of the statement', () => {
    const taken = failure('duplicate key value violates unique constraint', '23505');
    expect(awayInWords(taken)).toBe(taken);
  });
});

describe('why a PostgreSQL could not be opened', () => {
  const rights = failure('permission denied for database shop', '42501');
  it.each([
    ['rights', rights, 'DATABASE_UNUSABLE', 'permission denied for database shop'],
    [
      'rights, in a migration',
      new RedoubtError('STORAGE_FAILED', { reason: 'x' }, rights),
      'DATABASE_UNUSABLE',
      'shop',
    ],
    ['an encoding', failure('has no equivalent in encoding "LATIN1"', '22P05'), 'DATABASE_UNUSABLE', 'LATIN1'],
    ['a password', failure('password authentication failed', '28P01'), 'DATABASE_UNREACHABLE', 'password'],
    ['an outage', awayInWords(failure('connect ECONNREFUSED ::1:1', 'ECONNREFUSED')), 'DATABASE_UNREACHABLE', '::1:1'],
    [
      'a name with two addresses',
      new AggregateError([failure('refused at ::1', 'ECONNREFUSED'), failure('refused at 127.0.0.1', 'ECONNREFUSED')]),
      'DATABASE_UNREACHABLE',
      'refused at ::1; refused at 127.0.0.1',
    ],
    ['a newer version', new RedoubtError('DATABASE_NEWER', { value: '0099' }), 'DATABASE_NEWER', '0099'],
  ])('is said to whoever named it: %s', (_, error, code, words) => {
    const worded = unopenedInWords(error);
    expect(worded.code).toBe(code);
    expect(worded.message).toContain(words);
  });
});
