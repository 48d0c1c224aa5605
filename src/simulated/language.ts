// Which language a request is in, by script or by small words: enough to decline in it.

/** Languages that refusals exist in (BCP 47). */
export type RefusalLanguage = 'en' | 'fr' | 'de' | 'es' | 'it' | 'pt' | 'nl' | 'ru' | 'zh' | 'ja' | 'ko' | 'ar' | 'hi';

const scripts: readonly (readonly [RegExp, RefusalLanguage])[] = [
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/u, 'ja'],
  [/\p{sc=Han}/u, 'zh'],
  [/\p{sc=Hangul}/u, 'ko'],
  [/\p{sc=Cyrillic}{2}/u, 'ru'],
  [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Devanagari}/u, 'hi'],
];

const smallWords: readonly (readonly [RegExp, RefusalLanguage])[] = [
  [/\b(?:comment|les?|la|de|du|des|une?|est|et|pour|avec|vous|nos|dans|sur|sans|puis-je|je)\b/gi, 'fr'],
  [/\b(?:wie|ich|der|das|und|ist|nicht|eine?|mit|für|auf|kann)\b/gi, 'de'],
  [/\b(?:cómo|como|la|de|y|el|los|las|mi|se|una|para|puedo|qué|con|del|por)\b/gi, 'es'],
  [/\b(?:il|la|di|gli|della?|posso|che|per|sono|una|con|non)\b/gi, 'it'],
  [/\b(?:não|uma|de|e|o|para|posso|você|com|em|do|da|os)\b/gi, 'pt'],
  [/\b(?:het|een|hoe|ik|niet|voor|van|kan|mijn|de)\b/gi, 'nl'],
];

const englishWords = /\b(?:the|how|to|and|is|of|for|with|what|me|my|an|in|can|you|do|that|write)\b/gi;

const count = (text: string, words: RegExp): number => text.match(words)?.length ?? 0;

/** The language of the text, English where nothing speaks for another. */
export function languageOf(request: string): RefusalLanguage {
  const text = request.slice(0, 500);
  if (/[^\p{ASCII}]/u.test(text)) {
    const script = scripts.find(([sign]) => sign.test(text));
    if (script) return script[1];
  }
  let best: RefusalLanguage = 'en';
  let most = Math.max(1, count(text, englishWords));
  for (const [words, language] of smallWords) {
    const hits = count(text, words);
    if (hits > most) {
      best = language;
      most = hits;
    }
  }
  return best;
}
