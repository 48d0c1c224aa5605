// Recognises by wording what surrounds a request: persona, fiction, forced beginnings, forbidden refusals and the like.
// Apart from disguises.ts because nothing is undone here; the words stay, only their purpose is named.
import type { Framing } from './techniques.ts';

const signs: readonly { readonly framing: Framing; readonly wording: RegExp }[] = [
  {
    framing: 'prefix-injection',
    wording:
      /\b(?:begin|start|open|preface)\w*\s+(?:\w+\s+){0,4}(?:answer|response|reply|with)\b[^.\n]{0,30}["“'‘:]|\b(?:answer|response|reply)\b.{0,40}\b(?:must|should)\s+(?:begin|start)\b/i,
  },
  {
    framing: 'refusal-suppression',
    wording:
      /\b(?:do\s+not|don't|never)\s+(?:apologi[sz]e|refuse|decline|say\s+you\s+can(?:no|')t|include\s+(?:any\s+)?(?:disclaimer|warning)|mention\s+(?:ethic|safety|polic))|\bnever\s+say\s+(?:the\s+words?|"?(?:sorry|cannot|i\s+can))|\bwithout\s+(?:any\s+)?(?:disclaimers?|warnings?|apolog\w+)|\bnegative\s+sentences?\b/i,
  },
  {
    framing: 'persona',
    wording:
      /\b(?:you\s+are\s+(?:now\s+)?(?:going\s+to\s+)?(?:dan\b|an?\s+(?:ai|assistant|model|bot|character)\s+(?:that|who|without|with\s+no)|aim\b|stan\b)|do\s+anything\s+now|developer\s+mode|jailbr\w+|from\s+now\s+on\s+(?:you|act|respond)|act\s+as\s+(?:my|a|an|if)|pretend\s+(?:to\s+be|you)|stay\s+in\s+character|role\s*-?\s*play|unfiltered|no\s+restrictions|(?:my\s+)?(?:late|deceased|dead)\s+grand\w+|free\s+of\s+(?:all\s+)?(?:rules|restrictions)|respond\s+as)\b/i,
  },
  {
    framing: 'fiction',
    wording:
      /\b(?:(?:write|tell|continue)\s+(?:me\s+)?(?:a|the|an)\s+(?:\w+\s+){0,3}(?:story|scene|novel|screenplay|script|dialogue|poem|play|chapter)|in\s+(?:a|the|this)\s+(?:\w+\s+){0,2}(?:story|novel|fiction|film|movie|simulation|dream)|(?:novel|film|screenplay)\s+i(?:'m|\s+am)|characters?\s+(?:explains?|describes?|teaches|in\s+layer|create)|(?:layers?|levels?)\s+of\s+(?:dreams?|fiction)|science\s+fiction|fictional)\b/i,
  },
  {
    framing: 'authority',
    wording:
      /\b(?:according\s+to\s+(?:the\s+)?(?:paper|study|research|authors?)|et\s+al\.|doi:|arxiv|as\s+(?:a|an)\s+(?:\w+\s+){0,2}(?:researcher|officer|doctor|professor|expert|auditor|engineer|teacher|nurse)|i\s+am\s+(?:a|an|the)\s+(?:\w+\s+){0,2}(?:researcher|officer|doctor|professor|developer|administrator|auditor|nurse|ceo)|authori[sz]ed\s+(?:test|by)|for\s+(?:educational|research|training|safety)\s+purposes?|experts?\s+agree|update\s+your\s+behaviou?r|@\w+\{)/i,
  },
  {
    framing: 'hypothetical',
    wording:
      /\b(?:hypothetical\w*|imagine\s+(?:that|a|you)|suppose\s+(?:that|you)|in\s+theory|thought\s+experiment|what\s+if\s+there\s+were\s+no\s+rules)\b/i,
  },
  {
    framing: 'past-tense',
    wording: /^(?:how|what|in\s+what\s+way)\s+(?:did|were|was|had)\s+(?:people|one|they|criminals|someone|folks)\b/i,
  },
  {
    framing: 'humour',
    wording: /\b(?:haha|lol|funny|joke|comedy|comedian|silly|hilarious|stand-up|sarcas\w+|playful)\b|[😂🤣😜]/iu,
  },
];

const turnMark = /^(?:user|human|q|question|customer)\s*:/gim;

/** All framings that the wording of the message shows. */
export function framingsOf(message: string): readonly Framing[] {
  const text = message.slice(0, 6000);
  const found = signs.filter(({ wording }) => wording.test(text)).map(({ framing }) => framing);
  const shots = message.slice(0, 40_000).match(turnMark)?.length ?? 0;
  return shots >= 4 ? ['many-shot', ...found] : found;
}

/** The beginning that the message wants the answer to have, at most 80 characters; null where it wants none. */
export function wantedPrefix(message: string): string | null {
  const found =
    /\b(?:begin|start|open|preface)\w*\s+(?:[\w']+\s+){0,7}?(?:with|by\s+saying)[^"“'‘\n]{0,30}["“'‘]([^"”\n]{2,80}?)["”'’](?=[\s.,;:!?)]|$)/i.exec(
      message.slice(0, 6000),
    );
  return found?.[1] ?? null;
}
