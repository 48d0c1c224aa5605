// The risk of the whole session: what single messages hide, split over turns or between harmless ones, adds up.
import type { Detector } from './detector.ts';

export const sessionCheck: Detector = {
  id: 'session-check',
  title: 'Session risk',
  summary: 'Weighs the turns of a session together, each once: attacks that are split or come slowly add up.',
  version: 4,
  cost: 'encoder',
  experimental: true,
  reads: 'raw',
  asks: 'conversation',
  /** Where training puts it: 2 % of the harmless conversations put together there lie above. */
  threshold: 0.5,
  reference: null,
  open: () => ({
    async detect(_text, { messages, session }) {
      if (session === null) throw new Error('no session was given');
      const score = await session.weigh(messages);
      return { score, labels: [{ label: 'SESSION_RISK', score }], spans: [] };
    },
  }),
};
