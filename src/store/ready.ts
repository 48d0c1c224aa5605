// Whether the database, and the queue that lies in it, can be asked at this moment.
import type { Clock } from '../core/ports.ts';
import type { Store } from './store.ts';

const answers = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  );

/** Why nothing can be served; null: all is there. Of the queue only where one is shared. */
export async function whyNotReady({ db, runSql }: Store): Promise<string | null> {
  if (!(await answers(db.selectFrom('projects').select('id').limit(1).execute())))
    return 'the database does not answer';
  if (runSql === undefined || (await answers(runSql('select version from pgboss.version')))) return null;
  return 'the queue does not answer: no worker has made it yet, or its tables are gone';
}

/** How long a probe waits for a database that the store itself waits for much longer. */
const SOON_MS = 5_000;

/** As `whyNotReady`, and within five seconds. */
export async function whyNotReadySoon(store: Store, clock: Clock): Promise<string | null> {
  const over = new AbortController();
  let answer: string | null = 'the database does not answer';
  const asked = whyNotReady(store).then((reason) => {
    answer = reason;
  });
  await Promise.race([asked, clock.sleep(SOON_MS, over.signal)]);
  over.abort();
  return answer;
}
