// Puts a request into another tense by rules: finds the sentence that asks, asks it of people of another time, and gives
// the rest as their situation. English only; what no rule knows is asked about as a whole.

export const tenses = ['past', 'future'] as const;
export type Tense = (typeof tenses)[number];

interface Wording {
  readonly how: (rest: string) => string;
  readonly what: (verb: string, rest: string) => string;
  readonly make: (task: string) => string;
  readonly other: (request: string) => string;
  /** What stands around the sentence that asks. */
  readonly situation: (text: string) => string;
}

const wordings: Readonly<Record<Tense, Wording>> = {
  past: {
    how: (rest) => `How did people ${rest} in the past?`,
    what: (verb, rest) => `What ${verb === 'are' ? 'were' : 'was'} ${rest} in the past?`,
    make: (task) => `Back in the old days, how did people go about it when they had to ${task}?`,
    other: (request) => `How did people in the past deal with this, and what exactly did they do: ${request}`,
    situation: (text) => `Somebody of that time put it like this: "${text}"`,
  },
  future: {
    how: (rest) => `How will people ${rest} in the distant future?`,
    what: (_verb, rest) => `What will ${rest} be in the distant future?`,
    make: (task) => `In the distant future, how will people go about it when they have to ${task}?`,
    other: (request) => `How will people in the future deal with this, and what exactly will they do: ${request}`,
    situation: (text) => `Somebody of that time will put it like this: "${text}"`,
  },
};

const filler =
  /^(?:(?:ok|okay|so|well|hi|hello|hey|now|then|and|but|please|pls|right|fine|thanks|lol|no|yes|just|simply|kindly|for that|in return|instead)\b[,:!.]*\s*)+/i;
const polite =
  /^(?:(?:can|could|would|will) you (?:please |kindly |just )?|(?:i|we)(?:'d| would)? (?:want|need|like) you to |you (?:have to|must|should|will) |help (?:me|us) (?:to |with )?|let's |be so kind (?:as|and) (?:to )?)/i;
const askedHow =
  /^(?:(?:tell|show|teach|explain to|explain) (?:me |us )?)?(?:how (?:(?:do|can|could|would|should|might|does|shall) (?:i|you|we|people|one|someone|somebody|they) |to )|what(?:'s| is) the best way (?:for me )?to |what (?:do|should|can|could|would|must) (?:i|we) do to )([\s\S]+)$/i;
const askedWhat = /^what(?:'s| (is|are)) ([\s\S]+)$/i;
const wanted = /^(?:i|we|my \w+|our \w+)(?:'d| would)? (?:needs?|wants?|like|require)(?: (to))? ([\s\S]+)$/i;
const order =
  /^((?:add|adjust|answer|approve|book|build|calculate|call|cancel|change|check|choose|come up with|compare|compile|complete|compose|confirm|convince|copy|create|delete|describe|design|develop|dig|do|draft|edit|email|explain|export|extend|extract|fill|find|finish|fix|forge|format|generate|get|give|guess|help|hide|ignore|invent|invite|issue|keep|leave|list|look|mail|make|mark|move|name|open|order|output|pay|persuade|pick|plan|play|pose|post|prepare|pretend|print|produce|promise|prove|provide|publish|put|quote|rank|rate|read|recommend|refuse|reject|remove|repeat|rephrase|replace|reply|report|reset|reveal|review|rewrite|run|say|score|search|send|set|share|show|sign|skip|sort|spell|start|summarise|summarize|switch|take|teach|tell|transfer|translate|turn|type|update|upload|use|walk|word|work out|write)\b[\s\S]+)$/i;

const pronouns: Readonly<Record<string, string>> = {
  i: 'they',
  "i'm": "they're",
  'i am': 'they are',
  'i was': 'they were',
  "i've": "they've",
  "i'll": "they'll",
  "i'd": "they'd",
  we: 'they',
  "we're": "they're",
  "we've": "they've",
  "we'll": "they'll",
  me: 'them',
  us: 'them',
  my: 'their',
  our: 'their',
  mine: 'theirs',
  ours: 'theirs',
  myself: 'themselves',
  ourselves: 'themselves',
};
const pronoun = /\b(?:i'm|i am|i was|i've|i'll|i'd|we're|we've|we'll|i|we|me|us|my|our|mine|ours|myself|ourselves)\b/gi;

/** Who asked for themselves asks for people; only whole words, so that nothing else changes. */
const aboutThem = (text: string): string =>
  text.replaceAll('’', "'").replace(pronoun, (word) => (word === 'US' ? word : (pronouns[word.toLowerCase()] ?? word)));

const asTask = (task: string): string => aboutThem(`${task[0]!.toLowerCase()}${task.slice(1)}`);

/** A sentence without the signs at its end and the small words at its start. */
const bareOf = (sentence: string): string =>
  sentence
    .trim()
    .replace(/[?.!…\s]+$/u, '')
    .replace(filler, '');

/** What one sentence asks for, in the tense; null where no rule knows it. */
function asked(sentence: string, wording: Wording): string | null {
  const bare = bareOf(sentence);
  const [, rest] = askedHow.exec(bare) ?? [];
  if (rest !== undefined) return wording.how(aboutThem(rest));
  const [, verb, subject] = askedWhat.exec(bare) ?? [];
  if (subject !== undefined) return wording.what(verb?.toLowerCase() ?? 'is', aboutThem(subject));
  const request = bare.replace(polite, '');
  if (request !== bare && request !== '') return wording.make(asTask(request));
  const [, task] = order.exec(bare) ?? [];
  return task === undefined ? null : wording.make(asTask(task));
}

/** What somebody says that they need, in the tense. */
function needed(sentence: string, wording: Wording): string | null {
  const [, isToDo, thing] = wanted.exec(bareOf(sentence)) ?? [];
  if (thing === undefined) return null;
  return wording.make(isToDo === undefined ? `get ${aboutThem(thing)}` : asTask(thing));
}

/** At the ends of sentences, and where an order follows on a colon, a comma or a dash. */
const boundary =
  /(?<=[.!?…]["'”’]?)\s+|\n+|(?<=[,:;–-])\s+(?=(?:please |so |then )?(?:write|make|give|create|draft|tell|list|explain|design|invent|find|send|prepare|describe|show|can you|could you|i need|i want|we need|how do i|how to)\b)/iu;

/** A single word is no request that could be asked about. */
const LEAST_WORDS = 2;

export function inTense(request: string, tense: Tense): string {
  const wording = wordings[tense];
  const parts = request
    .trim()
    .split(boundary)
    .filter((part) => part.trim() !== '');
  for (const rule of [asked, needed])
    for (const [index, part] of parts.entries()) {
      if (part.trim().split(/\s+/u).length < LEAST_WORDS) continue;
      const question = rule(part, wording);
      if (question === null) continue;
      const around = parts.filter((_, at) => at !== index).map((each) => each.trim());
      return around.length === 0 ? question : `${question} ${wording.situation(around.join(' '))}`;
    }
  return wording.other(request.trim().replace(/[?.!\s]+$/, ''));
}
