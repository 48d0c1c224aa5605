// Questions with one right answer that the simulated target does not know: it says so instead of making one up.
// Apart from facts.ts, which holds what it knows.
import { languageOf, type RefusalLanguage } from './language.ts';

/** Marks of a question with a right answer, and of things that can be looked up by name. */
const exact: readonly RegExp[] = [
  /\b(?:who|which\s+one|which\s+(?:of|import|gate|checkpoint|feature|organ|licen[cs]e|function|chapter|page|release|version|year|three|controls|note)|how\s+(?:many|much|long|far|old)|what\s+(?:year|time|date|number|amount|label|changed)|in\s+what\s+(?:year|time)|at\s+what\s+time|capital\s+of)\b/i,
  /\b(?:one\s+word|just\s+the\s+(?:number|year|name)|yes\s+or\s+no|true\s+or\s+false|positive\s+or\s+negative|give\s+the\s+amount|final\s+result|just\s+the\s+sum|total\b|exact\s+(?:limit|wording|figure)|quote\s+(?:section|clause|the)|volume,?\s+pages|install\s+line|import\s+line|feature\s+flag|release\s+notes|answer\s+with\s+the|name\s+first|according\s+to\s+the)\b/i,
  /\b(?:citation|holding\s+(?:and|of)|annual\s+report|package|novel\s+"|case\s+on|plc|ISO|NIST|RFC|DOI|section\s+\d|article\s+\d|changelog|impairment|\w+\s+v\s+\w+)/,
  /\b(?:wer\s+(?:hat|war|ist)|in\s+welchem\s+jahr|wie\s+viele?|quién\s+(?:fue|es|ganó)|en\s+qué\s+año|cuánt[oa]s?|qui\s+(?:a|est)|en\s+quelle\s+année|combien)\b/i,
  /(?:哪一年|多少|谁是|哪个|几个)/u,
];

/** A wish to have something written, explained or advised has no single right answer. */
const open =
  /\b(?:write|draft|help\s+me|explain|how\s+do\s+i|how\s+can\s+i|how\s+do\s+we|should\s+i|which\s+(?:kinds|questions|duties|signs|household)|put\s+together|give\s+me\s+(?:the\s+strongest|a\s+sensible|4|three\s+songs|two\s+examples)|describe|compare|what\s+should|vergleiche|explica|comment)\b/i;

const sentences: Readonly<Partial<Record<RefusalLanguage, string>>> = {
  en: 'I am not sure. I do not have enough information on that: I could not find a reliable source and cannot verify it, so any answer would be a guess.',
  de: 'Da bin ich mir nicht sicher. Das geht aus dem, was mir vorliegt, nicht hervor, und ich möchte nichts erfinden.',
  es: 'No estoy seguro. No tengo información suficiente y no he podido verificarlo, así que sería una suposición.',
  fr: 'Je n’en suis pas sûr. Je n’ai pas assez d’informations et je n’ai pas pu le vérifier.',
  zh: '我不确定。我没有足够的信息，也无法核实，所以不想乱猜。',
};

/** Owns up to not knowing where the request wants one right answer; null for other requests. */
export function notSure(request: string): string | null {
  const asked = request.slice(-600);
  if (open.test(asked) || !exact.some((mark) => mark.test(asked))) return null;
  return sentences[languageOf(request)] ?? sentences.en!;
}
