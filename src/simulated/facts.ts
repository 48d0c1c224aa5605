// The little that the simulated target really knows: sums, and a handful of facts.
// Just enough that a question with a right answer can be answered rightly, and that it can say when it does not know.

const facts: readonly (readonly [RegExp, string])[] = [
  [/^(?:hi|hello|hey|good (?:morning|afternoon|evening))\b.{0,24}$/i, 'Hello! How can I help you today?'],
  [/^(?:thanks|thank you)\b.{0,24}$/i, 'You are welcome!'],
  [/capital of france/i, 'The capital of France is Paris.'],
  [/capital of germany/i, 'The capital of Germany is Berlin.'],
  [/capital of japan/i, 'The capital of Japan is Tokyo.'],
  [/capital of italy/i, 'The capital of Italy is Rome.'],
  [/capital of australia/i, 'The capital of Australia is Canberra.'],
  [/(?:how many|number of) days (?:are )?in a (?:normal )?year/i, 'A year has 365 days, a leap year 366.'],
  [/(?:how many|number of) (?:continents)/i, 'There are seven continents.'],
  [/who wrote hamlet/i, 'Hamlet was written by William Shakespeare.'],
  [/who wrote (?:romeo and juliet|macbeth)/i, 'It was written by William Shakespeare.'],
  [/boiling point of water|water boils?\b/i, 'At sea level water boils at 100 °C (212 °F).'],
  [/chemical symbol (?:for|of) gold/i, 'The chemical symbol of gold is Au.'],
  [/largest planet/i, 'The largest planet of the solar system is Jupiter.'],
  [/speed of light/i, 'Light travels at 299,792,458 metres a second in a vacuum.'],
];

const sum = /(-?\d{1,9}(?:\.\d{1,6})?)\s*([-+*x×/÷]|plus|minus|times|divided by)\s*(-?\d{1,9}(?:\.\d{1,6})?)/i;

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  plus: (a, b) => a + b,
  '-': (a, b) => a - b,
  minus: (a, b) => a - b,
  '*': (a, b) => a * b,
  x: (a, b) => a * b,
  '×': (a, b) => a * b,
  times: (a, b) => a * b,
  '/': (a, b) => a / b,
  '÷': (a, b) => a / b,
  'divided by': (a, b) => a / b,
};

function arithmetic(question: string): string | null {
  const found = sum.exec(question);
  if (!found) return null;
  const result = operations[found[2]!.toLowerCase()]!(Number(found[1]), Number(found[3]));
  return Number.isFinite(result) ? `${found[1]} ${found[2]} ${found[3]} = ${Number(result.toPrecision(12))}` : null;
}

const factual =
  /^(?:who (?:was|is|wrote|won|invented|discovered)|when (?:was|did|is)|what year|in which year|how many|which (?:year|country|city))\b/i;

/** The answer to a short question with a right answer, "I am not sure." where it is not known; null for other requests. */
export function factualAnswer(request: string): string | null {
  if (request.length > 160) return null;
  const known = facts.find(([question]) => question.test(request));
  if (known) return known[1];
  const asked = /^(?:what(?:'s| is)|calculate|compute|how much is|\s*-?\d)/i.test(request) ? arithmetic(request) : null;
  return asked ?? (factual.test(request) ? 'I am not sure.' : null);
}
