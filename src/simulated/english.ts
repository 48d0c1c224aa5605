// Whether a text reads like a language the simulated target knows: how it tells a decoded request from noise.
// Common words only; a share of them, not a model.

const functionWords =
  `a about above after again all also am an and any are as ask at back be because been before being below
best better but by can come could day describe did do does doing down each easily end even every explain few find first
for from get give go good had has have he help her here him his how i if in into is it its just keep know let like
line list long look make many me more most much must my name need never new no not now of off on once one only or
other our out over own part people person place please put right same say see she should show simple since so some
someone something step still such take tell than that the their them then there these they thing think this those
through time to today too two under until up us use used using very want was way we well were what when where which
while who whom whose why will with without word work world would write year you your`.split(/\s+/);

const contentWords =
  `answer article build buy cake bake code create detail detailed email generate guide how instructions letter message
money plan provide question request safe sell story system text three user water write wrote apple bank bread`.split(
    /\s+/,
  );

const commonElsewhere = `le la les de des du un une et est que qui dans pour pas sur avec je vous comment
der die das und ist nicht ein eine den mit ich wie zu auf für man
el los las en por con para como una es del se lo mi qué cómo
il di che non per sono come gli della
o os as em não com uma seu eu
het een van niet hoe ik voor dat op maar`.split(/\s+/);

const common: readonly string[] = [...functionWords, ...contentWords];
const functional: ReadonlySet<string> = new Set(functionWords);
const known: ReadonlySet<string> = new Set(common);
const knownElsewhere: ReadonlySet<string> = new Set([...common, ...commonElsewhere]);

const latinWord = /[a-zà-öø-ÿ'][a-zà-öø-ÿ']+/g;
const wordsLooked = 60;

function share(text: string, words: ReadonlySet<string>): number {
  const found = text.slice(0, 400).toLowerCase().match(latinWord);
  if (found === null) return 0;
  const looked = Math.min(found.length, wordsLooked);
  let hits = 0;
  for (let place = 0; place < looked; place++) if (words.has(found[place]!)) hits += 1;
  return hits / looked;
}

/** Share of common English words among the first 60 words, 0..1; 0 without any Latin word. */
export const englishShare = (text: string): number => share(text, known);

/** The same over the common words of seven languages. */
export const familiarShare = (text: string): number => share(text, knownElsewhere);

/** Whether the word is one of the most common English ones. */
export const isCommonWord = (word: string): boolean => known.has(word.toLowerCase());

/** Whether the word carries no matter of its own, as "the", "how" and "make" do. */
export const isFunctionWord = (word: string): boolean => functional.has(word.toLowerCase());

/** The common English words, for repairing mistyped ones. */
export const commonWords: readonly string[] = common;
