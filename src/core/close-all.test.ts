import { describe, expect, it } from 'vitest';
import { closeAll } from './close-all.ts';

describe('closeAll', () => {
  it('runs every step in order, and tells what failed', async () => {
    const ran: string[] = [];
    const told: unknown[] = [];
    const lost = new Error('lost');
    await closeAll(
      [
        async () => ran.push('first'),
        () => Promise.reject(lost),
        () => {
          throw lost;
        },
        () => undefined,
        async () => ran.push('last'),
      ],
      (error) => told.push(error),
    );
    expect(ran).toEqual(['first', 'last']);
    expect(told).toEqual([lost, lost]);
  });
});
