import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids are UUIDv7, differ, and sort by the time they were made, over many draws of random bytes', () => {
  const ids = Array.from({ length: 5000 }, newId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('the time of an id is now', () => {
  const before = Date.now();
  const made = Number.parseInt(newId().replace('-', '').slice(0, 12), 16);
  expect(made).toBeGreaterThanOrEqual(before);
  expect(made).toBeLessThanOrEqual(Date.now() + 1);
});
