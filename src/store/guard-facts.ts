// What recorded decisions of the guard say together: without their messages, so that nothing has to be decrypted.
import type { GuardDecisionRow } from './schema.ts';
import type { Store } from './store.ts';

export type DecisionFacts = Omit<GuardDecisionRow, 'project_id' | 'messages'>;

/** Of the project since then (milliseconds), newest first; at most `most`. */
export const decisionFacts = (store: Store, projectId: string, since: number, most: number): Promise<DecisionFacts[]> =>
  store.db
    .selectFrom('guard_decisions')
    .select(['id', 'created_at', 'session', 'flagged', 'denied', 'redacted', 'undecided', 'findings', 'ms'])
    .where('project_id', '=', projectId)
    .where('created_at', '>=', since)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
