import { describe, expect, it } from 'vitest';
import { type ExportedScan, exportFiles } from './export-files.ts';

describe('leaving files', () => {
  it('names the place that cannot be written, in one sentence', async () => {
    await expect(exportFiles({} as ExportedScan, '/dev/null/report', ['jsonl'])).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringMatching(/^\/dev\/null\/report cannot be written: .*Choose another place with --out\.$/),
    });
  });
});
