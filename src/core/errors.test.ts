import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCatalogue, invalidField, RedoubtError, unknownValue } from './errors.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];
const details = { field: 'the-field', value: 'the-value', allowed: ['one', 'two'], reason: 'the-reason' };

describe('the catalogue of errors', () => {
  it.each(codes)('%s is a sentence that uses its details and leaves none open', (code) => {
    const { message, name, kind } = new RedoubtError(code, details);
    expect(message).not.toMatch(/undefined|\[object|\s{2}/);
    expect(message.length).toBeGreaterThan(10);
    expect(name).toBe('RedoubtError');
    expect(kind).toBe(errorCatalogue[code].kind);
  });

  it('keeps the details and the cause', () => {
    const cause = new Error('disk');
    const error = new RedoubtError('STORAGE_FAILED', { reason: 'no space' }, cause);
    expect(error).toMatchObject({ code: 'STORAGE_FAILED', details: { reason: 'no space' }, cause });
    expect(error).toBeInstanceOf(Error);
    expect('cause' in new RedoubtError('INTERNAL')).toBe(false);
  });

  it('names field and reason of an invalid field', () => {
    expect(invalidField('qpm', 'must be a whole number above 0')).toMatchObject({
      code: 'INVALID_FIELD',
      message: 'qpm: must be a whole number above 0',
    });
  });

  it('lists what may stand where an unknown value stood', () => {
    expect(unknownValue('preset', 'huge', ['quick', 'deep']).message).toBe(
      'preset: "huge" is not known. Allowed: quick, deep.',
    );
  });

  it('lists nothing where nothing is allowed', () => {
    expect(unknownValue('x', 'y', []).message).toContain('Allowed: .');
  });

  it('uses every kind', () => {
    const kinds = new Set(codes.map((code) => errorCatalogue[code].kind));
    expect([...kinds].sort()).toEqual(
      [
        'bad-request',
        'conflict',
        'forbidden',
        'internal',
        'not-found',
        'rate-limited',
        'too-large',
        'unauthorised',
        'unavailable',
      ].sort(),
    );
  });
});
