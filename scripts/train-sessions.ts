// `npm run train:sessions`: makes data/models/session-check/head.json out of data/training/sessions: a head that says which
// turns are steps of an attack, and the weights of what a session is judged by. Prints what whole manners left out give.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Random, seededRandom } from '../src/core/random.ts';
import { wilson } from '../src/core/score/interval.ts';
import { newSessionMemory, type SessionWeights, sessionEvidence, weighTurn } from '../src/guard/session-risk.ts';
import { turnReader } from '../src/guard/turn-risk.ts';
import { openEmbedder } from '../src/inference/embedder.ts';
import { fitHead, type Head, headLogit, rounded } from './guard/embedding-head.ts';
import { ownRows } from './guard/own-rows.ts';
import { pick, readBanks, say } from './guard/phrase-bank.ts';
import { publicRows } from './guard/public-rows.ts';
import { saidRate } from './said-rate.ts';

const SEED = 1;
const FOLDS = 5;
const ROWS_A_TURN = 12;
const ORDINARY = 3000;
const SESSIONS_A_MANNER = 20;
const HARMLESS_SESSIONS = 800;
const PADDING = 20;
/** Turns of harmless sessions that come from talk in the words of attacks; the others are ordinary. */
const TALK_SHARE = 0.4;
/** The share of harmless sessions that may be flagged. */
const MOST_FALSE = 0.02;
/** What people say between questions, whatever they talk about: no manner, so that its lines are left out one by one. */
const TALK = 'talk';
const TALK_WEIGHT = 4;
const turnTraining = { steps: 250, l2: 1e-3 };
const sessionTraining = { steps: 3000, l2: 1e-3 };

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'data/models/session-check');
const { values: options } = parseArgs({
  options: { public: { type: 'string', default: join(root, '../shared/evaldata/guard_train.jsonl') } },
});

interface Turn {
  readonly text: string;
  readonly kind: 'attack' | 'harmless' | 'ordinary';
  /** Manner of the attack, or source: what is left out together. */
  readonly manner: string;
  readonly place: number;
}

type Read = Turn & { readonly vector: Float32Array; readonly fold: number; readonly logit: number };

function scriptedTurns(random: Random): Turn[] {
  const [bank] = readBanks(join(root, 'data/training/sessions'));
  return [...bank!.sections].flatMap(([section, templates]) => {
    const [kind, manner] = section.split(' ') as ['attack' | 'harmless', string];
    return templates.flatMap((template, place) =>
      Array.from({ length: ROWS_A_TURN }, () => ({
        ...{ text: say(template, () => undefined, random), kind, place },
        manner: manner === TALK ? `${TALK} ${place}` : manner,
      })),
    );
  });
}

function ordinaryTurns(random: Random): Turn[] {
  const rows = [...ownRows(join(root, 'data'), SEED), ...publicRows(options.public, SEED)].filter(
    ({ label, language, text }) => label === 0 && language === 'en' && text.length < 250,
  );
  return Array.from({ length: ORDINARY }, () => {
    const { text, family } = pick(rows, random);
    return { text, kind: 'ordinary', manner: family, place: 0 } as const;
  });
}

const rowOf = ({ vector, kind, manner }: Pick<Read, 'vector' | 'kind' | 'manner'>) => ({
  ...{ vector, isPositive: kind === 'attack', weight: manner.startsWith(TALK) ? TALK_WEIGHT : 1 },
});

/** Every turn with what a head that was taught without its manner says of it. */
async function readTurns(turns: readonly Turn[]): Promise<Read[]> {
  const vectors = await (await openEmbedder()).embed(turns.map(({ text }) => text));
  const manners = [...new Set(turns.map(({ manner }) => manner))];
  const placed = turns.map((turn, index) => ({
    ...turn,
    vector: vectors[index]!,
    fold: manners.indexOf(turn.manner) % FOLDS,
  }));
  const heads = Array.from({ length: FOLDS }, (_, fold) =>
    fitHead(placed.filter((turn) => turn.fold !== fold).map(rowOf), turnTraining),
  );
  return placed.map((turn) => ({ ...turn, logit: headLogit(heads[turn.fold]!, turn.vector) }));
}

interface Session {
  readonly turns: readonly Read[];
  /** Null for a harmless one. */
  readonly manner: string | null;
  readonly fold: number;
}

function harmlessTurns(read: readonly Read[], fold: number, count: number, random: Random): Read[] {
  const own = read.filter((turn) => turn.fold === fold);
  const [talk, ordinary] = [
    own.filter(({ kind }) => kind === 'harmless'),
    own.filter(({ kind }) => kind === 'ordinary'),
  ];
  return Array.from({ length: count }, () => pick(random.next() < TALK_SHARE ? talk : ordinary, random));
}

/** One turn of each place in the order of the attack, at random places among harmless ones. */
function spread(read: readonly Read[], manner: string, random: Random): Session {
  const own = read.filter((turn) => turn.kind === 'attack' && turn.manner === manner);
  const [{ fold }] = own as [Read];
  const steps = [...new Set(own.map(({ place }) => place))].map((place) =>
    pick(
      own.filter((turn) => turn.place === place),
      random,
    ),
  );
  const padding = harmlessTurns(read, fold, PADDING, random);
  const places = steps.map(() => random.below(PADDING + 1)).sort((a, b) => a - b);
  const turns = Array.from({ length: PADDING + 1 }, (_, at) => [
    ...steps.filter((_step, index) => places[index] === at),
    ...padding.slice(at, at + 1),
  ]).flat();
  return { turns, manner, fold };
}

function sessionsOf(read: readonly Read[], random: Random): Session[] {
  const manners = [...new Set(read.filter(({ kind }) => kind === 'attack').map(({ manner }) => manner))];
  const attacks = manners.flatMap((manner) =>
    Array.from({ length: SESSIONS_A_MANNER }, () => spread(read, manner, random)),
  );
  const harmless = Array.from({ length: HARMLESS_SESSIONS }, (_, index) => ({
    ...{ manner: null, fold: index % FOLDS },
    turns: harmlessTurns(read, index % FOLDS, PADDING + random.below(PADDING + 1), random),
  }));
  return [...attacks, ...harmless];
}

type Evidence = Session & { readonly vector: readonly [steps: number, joined: number, worst: number] };

/** What the session is judged by: where its steps say most. */
async function weighed(sessions: readonly Session[]): Promise<Evidence[]> {
  const { riskOf } = turnReader({ judge: null });
  const known = new Map<string, Promise<number>>();
  const once = (text: string): Promise<number> => {
    if (!known.has(text)) known.set(text, riskOf(text));
    return known.get(text)!;
  };
  const all: Evidence[] = [];
  for (const session of sessions) {
    const memory = newSessionMemory();
    let most = sessionEvidence(memory);
    for (const { text, logit } of session.turns) {
      await weighTurn(memory, text, { riskOf: once, stepOf: async () => logit });
      const now = sessionEvidence(memory);
      if (now.steps + now.joined >= most.steps + most.joined) most = now;
    }
    all.push({ ...session, vector: [most.steps, most.joined, most.worst] });
  }
  return all;
}

const isAttack = ({ manner }: Session): boolean => manner !== null;

/** No evidence speaks for harmlessness: what the fit would weigh below zero weighs nothing. */
function fitSession(sessions: readonly Evidence[]): Head {
  const rows = sessions.map((session) => ({ vector: session.vector, isPositive: isAttack(session), weight: 1 }));
  const { bias, weights } = fitHead(rows, { ...sessionTraining, rate: 0.05 });
  return { bias, weights: weights.map((weight) => Math.max(0, weight)) };
}

/** Moved so that 0 is where the share of harmless sessions lies above. */
function atLevel(head: Head, sessions: readonly Evidence[]): Head {
  const harmless = sessions
    .filter((session) => !isAttack(session))
    .map(({ vector }) => headLogit(head, vector))
    .sort((a, b) => b - a);
  return { ...head, bias: head.bias - harmless[Math.floor(harmless.length * MOST_FALSE)]! };
}

function report(sessions: readonly Evidence[], head: Head): void {
  const flagged = (some: readonly Evidence[]): string =>
    saidRate(wilson(some.filter(({ vector }) => headLogit(head, vector) > 0).length, some.length));
  const attacks = sessions.filter(isAttack);
  for (const manner of new Set(attacks.map((session) => session.manner)))
    console.log(`${manner}, its manner left out: ${flagged(attacks.filter((session) => session.manner === manner))}`);
  console.log(`all: ${flagged(attacks)}; harmless: ${flagged(sessions.filter((session) => !isAttack(session)))}`);
}

const random = seededRandom('sessions', SEED);
const read = await readTurns([...scriptedTurns(random), ...ordinaryTurns(random)]);
const sessions = await weighed(sessionsOf(read, random));
const session = rounded(atLevel(fitSession(sessions), sessions));
report(sessions, session);
const [steps, joined, worst] = session.weights as [number, number, number];
const weights: SessionWeights = { bias: session.bias, steps, joined, worst };
mkdirSync(folder, { recursive: true });
const head = rounded(fitHead(read.map(rowOf), turnTraining));
writeFileSync(join(folder, 'head.json'), `${JSON.stringify({ id: 'session-check-1', ...head, session: weights })}\n`);
console.log(`written: ${JSON.stringify(weights)}`);
