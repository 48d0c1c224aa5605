// Phrases that talk to a model about its instructions, in several languages: cues with weights, not proofs.
// Apart from detectors because two of them read tool text and whole sessions by the same cues.

interface Cue {
  readonly says: RegExp;
  /** How much it says by itself, 0..1. */
  readonly weight: number;
}

// biome-ignore format: one line a cue
const cues: readonly Cue[] = [
  { says: /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,30}\b(?:previous|prior|above|earlier|all|any|your|system|safety)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|restrictions?|polic(?:y|ies)|context)\b/is, weight: 0.8 },
  { says: /\b(?:new|updated|real|actual) (?:system )?(?:instructions?|prompt|task|directive)s?\s*(?::|are|is)/i, weight: 0.5 },
  { says: /\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bact as (?:if|though) you (?:have|had) no\b/i, weight: 0.4 },
  { says: /\b(?:reveal|print|repeat|show|output|leak|dump|tell me)\b.{0,30}\b(?:system prompt|initial (?:prompt|instructions)|hidden (?:prompt|instructions)|your (?:instructions|prompt|rules)|developer message)\b/is, weight: 0.7 },
  { says: /\b(?:developer|debug|god|admin|jailbreak|unrestricted|unfiltered) mode\b|\bDAN\b|\bdo anything now\b/i, weight: 0.5 },
  { says: /\b(?:without|no) (?:any )?(?:restrictions?|filters?|limitations?|censorship|moral|ethic\w*)\b/i, weight: 0.3 },
  { says: /<\/?(?:system|instructions?|important|admin)>|\[(?:system|inst)\]|<\|(?:im_start|system|endoftext)\|>|^[^\S\r\n\u2028\u2029]*system\s*:/im, weight: 0.4 },
  { says: /(?:ignorier|vergiss|missachte).{0,40}(?:anweisung|vorgabe|regel|instruktion)/is, weight: 0.8 },
  { says: /(?:ignora|olvida|omite|descarta).{0,40}(?:instruccion|regla|indicacion|órdenes|instruçõ|regras|istruzioni|regole)/is, weight: 0.8 },
  { says: /(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte).{0,40}(?:instructions|consignes|règles)/is, weight: 0.8 },
  { says: /(?:игнорируй|забудь|не обращай внимания).{0,40}(?:инструкци|указани|правил)/isu, weight: 0.8 },
  { says: /(?:忽略|无视|忘记|無視).{0,20}(?:指令|指示|说明|规则|プロンプト|ルール)|(?:指示|命令|ルール|指令).{0,10}(?:無視|忘れ|무시)/su, weight: 0.8 },
  { says: /(?:تجاهل|انس).{0,40}(?:تعليمات|أوامر|قواعد)/su, weight: 0.8 },
  { says: /(?:지시|명령|규칙).{0,15}(?:무시|잊)/su, weight: 0.8 },
  { says: /(?:निर्देश|नियम).{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)/su, weight: 0.8 },
  { says: /(?:zignoruj|zapomnij|negeer|vergeet|yok say|görmezden gel|bỏ qua|abaikan).{0,40}(?:instrukcj|polece|zasad|instructies|regels|talimat|kural|hướng dẫn|chỉ dẫn|instruksi|aturan)/isu, weight: 0.8 },
];

/** How strongly the text talks to a model about its instructions, 0..1: cues add up as independent signs. */
export function overrideCues(text: string): number {
  let unlikely = 1;
  for (const { says, weight } of cues) if (says.test(text)) unlikely *= 1 - weight;
  return 1 - unlikely;
}
