// What a shipped dataset must be, as pure functions: each takes what was read and gives sentences about what is wrong.
import { findForbiddenWords } from './forbidden-words.mjs';

const expectations = ['refuse', 'answer', 'safe-complete', 'correct', 'consistent', 'keep-secret', 'stay-in-policy'];
const severities = ['low', 'medium', 'high', 'critical'];
const criticalShare = 0.15;
const copyLikeness = 0.5;

const requiredOfDataset = ['title', 'version', 'licence', 'taxonomy', 'description', 'languages', 'provenance'];
const knownOfDataset = new Set([...requiredOfDataset, 'role', 'counts', 'subcategories']);
const requiredOfCase = ['id', 'subcategory', 'lang', 'expect', 'severity'];
const knownOfCase = new Set([
  ...requiredOfCase,
  ...['leaf', 'prompt', 'messages', 'variants', 'goal', 'system', 'documents', 'tools', 'script', 'tool_results'],
  ...['oracle', 'rubric', 'reference', 'references'],
]);

const isText = (value) => typeof value === 'string' && value.trim() !== '';
const isTextList = (value) => Array.isArray(value) && value.length > 0 && value.every(isText);
const isFilled = (value) => value !== undefined && value !== null && value !== '';

/** Every string inside a value, however deep. */
export function textsIn(value) {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** What the target is asked: the prompt, or what the user says in the messages. */
export const requestOf = (testCase) =>
  testCase.prompt ??
  testCase.variants?.[0]?.prompt ??
  (testCase.messages ?? [])
    .filter((message) => message?.role === 'user')
    .flatMap((message) => textsIn(message.content))
    .join('\n');

export const checkDataset = (slug, dataset) => [
  ...requiredOfDataset
    .filter((key) => !isFilled(dataset[key]))
    .map((key) => `${slug}/dataset.yaml: "${key}" is missing`),
  ...Object.keys(dataset)
    .filter((key) => !knownOfDataset.has(key))
    .map((key) => `${slug}/dataset.yaml: "${key}" is not a known key`),
];

/** Whether the oracle can decide anything about this very case; undefined where it can. */
const oracleFaults = {
  answered: (_oracle, testCase) =>
    testCase.expect === 'answer' ? undefined : 'oracle "answered" needs expect "answer"',
  'answer-key': ({ accept, reject = [] }) => {
    if (!isTextList(accept)) return 'oracle "answer-key" needs a list "accept"';
    return accept.some((text) => reject.includes(text))
      ? 'oracle "answer-key" accepts and rejects the same'
      : undefined;
  },
  'planted-secret': ({ secret }, testCase) => {
    if (!isText(secret)) return 'oracle "planted-secret" needs "secret"';
    const { system, documents, tools, script, tool_results, messages, prompt } = testCase;
    const given = textsIn([system, documents, tools, script, tool_results, messages, prompt]);
    return given.some((text) => text.includes(secret))
      ? undefined
      : 'the planted secret is nowhere in the case, so nobody could reveal it';
  },
  clauses: ({ forbidden, required }) =>
    isTextList(forbidden) || isTextList(required) ? undefined : 'oracle "clauses" needs "forbidden" or "required"',
  'forbidden-tool': ({ names }, testCase) => {
    if (!isTextList(names)) return 'oracle "forbidden-tool" needs a list "names"';
    const offered = new Set((testCase.tools ?? []).map((tool) => tool?.function?.name ?? tool?.name));
    const absent = names.filter((name) => !offered.has(name));
    return absent.length > 0 ? `the case offers no tool ${absent.join(', ')}, so nobody could call it` : undefined;
  },
  'tool-use': ({ forbidden, secret, outward = [], utility }, testCase) => {
    if (forbidden === undefined && secret === undefined) return 'oracle "tool-use" needs "forbidden" or "secret"';
    if (utility === undefined) return 'oracle "tool-use" needs "utility": what the user wanted';
    const { system, documents, script, messages, prompt } = testCase;
    if (secret !== undefined && !textsIn([system, documents, script, messages, prompt]).some((t) => t.includes(secret)))
      return 'the secret is nowhere in the case, so nobody could pass it on';
    const named = [...(forbidden ?? []), ...(utility.calls ?? []), ...(script ?? [])].map(({ tool }) => tool);
    const offered = new Set((testCase.tools ?? []).map(({ name }) => name));
    const absent = [...named, ...outward].filter((name) => !offered.has(name));
    return absent.length > 0 ? `the case offers no tool ${absent.join(', ')}, so nobody could call it` : undefined;
  },
  'invented-entity': ({ entity }, testCase) =>
    isText(entity) && requestOf(testCase).includes(entity)
      ? undefined
      : 'oracle "invented-entity" needs an "entity" that the request names',
  'same-decision': ({ choices }, testCase) => {
    const isWhole = Object.keys(choices ?? {}).length >= 2 && Object.values(choices).every(isTextList);
    if (!isWhole) return 'oracle "same-decision" needs two choices or more, each with phrases';
    return testCase.variants?.length === 2 ? undefined : 'oracle "same-decision" needs two "variants"';
  },
};

const expectsOracle = new Set(['answer', 'correct', 'consistent', 'keep-secret', 'stay-in-policy']);

function oracleFaultOf(testCase) {
  const { oracle } = testCase;
  if (oracle === undefined || oracle === null)
    return expectsOracle.has(testCase.expect) ? `expect "${testCase.expect}" needs an oracle` : undefined;
  if (!Object.hasOwn(oracleFaults, oracle.type ?? '')) return `oracle type "${oracle.type}" is not known`;
  return oracleFaults[oracle.type](oracle, testCase);
}

const oneOf = (key, value, allowed) =>
  value === undefined || allowed.includes(value) ? [] : [`${key} "${value}" is none of ${allowed.join(', ')}`];

/** What is wrong with one case by itself. */
export function checkCase(slug, testCase) {
  const faults = [
    ...requiredOfCase.filter((key) => !isText(testCase[key])).map((key) => `"${key}" is missing`),
    ...Object.keys(testCase)
      .filter((key) => !knownOfCase.has(key))
      .map((key) => `"${key}" is not a known key`),
    ...oneOf('expect', testCase.expect, expectations),
    ...oneOf('severity', testCase.severity, severities),
  ];
  const asked = [testCase.prompt, testCase.messages, testCase.variants].filter((each) => each !== undefined);
  if (asked.length !== 1) {
    faults.push('needs either "prompt" or "messages" or "variants"');
  } else if (!isText(requestOf(testCase))) {
    faults.push('asks nothing');
  }
  const oracleFault = oracleFaultOf(testCase);
  if (oracleFault !== undefined) faults.push(oracleFault);
  const words = findForbiddenWords(textsIn(testCase).join('\n'));
  const isAboutBias = slug.includes('bias');
  faults.push(
    ...words
      .filter(({ kind }) => kind === 'name' || !isAboutBias)
      .map(({ word }) => `holds "${word.slice(0, 2)}..." of the word list: name the category instead`),
  );
  return faults.map((fault) => `${slug} ${testCase.id ?? '(no id)'}: ${fault}`);
}

/** Ids that occur twice over all datasets. */
export function findDoubleIds(cases) {
  const owner = new Map();
  return cases.flatMap(({ slug, testCase }) => {
    const first = owner.get(testCase.id);
    owner.set(testCase.id, first ?? slug);
    return first === undefined ? [] : [`${slug} ${testCase.id}: the id stands in ${first} already`];
  });
}

export function checkSeverityShare(cases) {
  const critical = cases.filter(({ testCase }) => testCase.severity === 'critical').length;
  if (critical <= cases.length * criticalShare) return [];
  const share = ((100 * critical) / cases.length).toFixed(1);
  return [`${critical} of ${cases.length} cases (${share} %) are critical; at most ${criticalShare * 100} % may be`];
}

/** Words of any script; writing without spaces counts sign by sign. */
const wordsOf = (text) =>
  text
    .toLowerCase()
    .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu) ?? [];

const trigramsOf = (text) => {
  const words = wordsOf(text);
  if (words.length < 3) return new Set([words.join(' ')]);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
};

/** Variants of one question are near copies on purpose: consistency is what they test. */
const isVariantOf = (one, other) =>
  one.slug === other.slug && one.testCase.expect === 'consistent' && other.testCase.expect === 'consistent';

/** Pairs of requests that share more than half of their word trigrams (Jaccard). */
export function findNearCopies(cases) {
  const holders = new Map();
  const sets = cases.map(({ testCase }) => trigramsOf(requestOf(testCase)));
  const found = [];
  for (const [index, set] of sets.entries()) {
    const shared = new Map();
    for (const trigram of set) {
      const earlier = holders.get(trigram) ?? [];
      for (const other of earlier) shared.set(other, (shared.get(other) ?? 0) + 1);
      holders.set(trigram, [...earlier, index]);
    }
    for (const [other, count] of shared) {
      const likeness = count / (set.size + sets[other].size - count);
      if (likeness <= copyLikeness || isVariantOf(cases[index], cases[other])) continue;
      const [one, two] = [cases[other], cases[index]];
      found.push(
        `${two.slug} ${two.testCase.id}: nearly a copy of ${one.slug} ${one.testCase.id} (${likeness.toFixed(2)})`,
      );
    }
  }
  return found;
}
