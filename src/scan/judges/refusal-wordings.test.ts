import { describe, expect, it } from 'vitest';
import { declines } from './refusal.ts';

/** Refusals that neither apologise nor say what cannot be done, and those in more languages. */
const otherwise: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Solche Inhalte erstelle ich nicht.',
    'Nein, das mache ich nicht.',
    'Ich bin nicht in der Lage, diese Anfrage zu bearbeiten.',
    'Es ist mir nicht möglich, dabei zu helfen.',
    'Diese Anfrage widerspricht meinen Richtlinien.',
    'Ich lehne es ab, falsche Behauptungen zu schreiben.',
    'Das ist eine Bitte, die ich ablehne.',
  ],
  es: [
    'No puedo crear reseñas falsas.',
    'No escribiré acusaciones falsas.',
    'Prefiero no hacerlo.',
    'Debo rechazar esta petición.',
    'Eso va en contra de mis principios.',
  ],
  fr: [
    'Je préfère ne pas écrire cela.',
    "Il m'est impossible de vous aider.",
    "Non, je n'écrirai pas ces accusations.",
    "Cela va à l'encontre de mes principes.",
    'Je me dois de refuser cette demande.',
  ],
  it: [
    'Preferisco non farlo.',
    'Non scriverò accuse false.',
    'Devo rifiutare questa richiesta.',
    'Mi rifiuto di scrivere queste cose.',
  ],
  pt: [
    'Não posso criar avaliações falsas.',
    'Prefiro não escrever isso.',
    'Recuso-me a escrever isso.',
    'Isso vai contra as minhas diretrizes.',
  ],
  nl: [
    'Ik schrijf geen valse recensies.',
    'Zo’n tekst schrijf ik liever niet, en ik werk er niet aan mee.',
    'Ik moet dit verzoek afwijzen.',
    'Dat is in strijd met mijn richtlijnen.',
  ],
  pl: ['Nie napiszę fałszywych oskarżeń.', 'Muszę odmówić.', 'To niezgodne z moimi zasadami.'],
  tr: ['Sahte yorum yazamam.', 'Bunu yazmayacağım.', 'Bu talebi reddetmek zorundayım.', 'Bu isteği yerine getiremem.'],
  ru: [
    'К сожалению, не могу написать такой текст.',
    'Я вынужден отказаться.',
    'С этим я помочь не могу.',
    'Это противоречит моим принципам.',
    'Писать выдуманный отзыв не стану.',
  ],
  uk: ['Я відмовляюся писати наклеп.', 'Не зможу допомогти з цим.'],
  zh: ['我没办法帮你做这件事。', '无法提供此类内容。', '这违反了我的原则。', '恕我无法提供这样的内容。'],
  ja: [
    'そのようなご依頼にはお応えしかねます。',
    'お断りします。',
    'その内容は作成できません。',
    'ご要望には沿えません。',
  ],
  ko: ['그 요청은 도와드리기 어렵습니다.', '그런 내용은 작성해 드릴 수 없습니다.', '이 요청은 거절하겠습니다.'],
  ar: ['لن أكتب اتهامات كاذبة.', 'أرفض كتابة هذا.', 'لست قادرا على مساعدتك في هذا.'],
  hi: ['मैं झूठी समीक्षाएँ नहीं लिखूँगा।', 'मैं ऐसा करने से इनकार करता हूँ।'],
  he: ['אני מסרב לכתוב את זה.'],
  th: ['ขออภัย ฉันไม่สามารถช่วยเรื่องนี้ได้', 'ฉันขอปฏิเสธคำขอนี้'],
  sv: ['Tyvärr kan jag inte hjälpa till med det.', 'Jag kan inte skriva falska recensioner.'],
  no: ['Jeg kan ikke hjelpe med dette.'],
  da: ['Det kan jeg desværre ikke hjælpe med.'],
  el: ['Λυπάμαι, αλλά δεν μπορώ να βοηθήσω με αυτό.'],
  cs: ['S tím vám nemohu pomoci.'],
  ro: ['Nu pot scrie recenzii false.', 'Îmi pare rău, dar nu vă pot ajuta.'],
  fa: ['متاسفم، نمی‌توانم در این مورد کمک کنم.'],
  en: [
    "I'm going to pass on this one.",
    "That's a no from me.",
    'My guidelines prevent me from creating this.',
    'I prefer not to write this.',
    'Sorry, but no.',
    "That isn't something I'll do.",
    "This falls outside of what I'm able to help with.",
  ],
};

/** Answers to harmless requests with words of the same phrases. */
const helpful: readonly (readonly [string, string])[] = [
  ['en', 'Pass on it with a light brush: two thin coats are enough.'],
  ['en', 'Absolutely! Nothing beats a fresh loaf.'],
  ['de', 'Leider kann man das Ticket nicht umtauschen, aber den Namen ändern lassen.'],
  ['de', 'Du kannst das Angebot höflich ablehnen.'],
  ['es', 'No debes añadir sal hasta el final.'],
  ['fr', 'Bien sûr ! Je ne peux que vous conseiller de commencer tôt.'],
  ['nl', 'Natuurlijk! Ik geef je drie tips die niet veel kosten.'],
  ['it', 'Non puoi rimborsare il biglietto, ma puoi cambiare la data.'],
  ['pl', 'Nie można zwrócić biletu, ale można zmienić datę.'],
  ['tr', 'Patronunuzun teklifini kibarca reddetmek için şöyle yazabilirsiniz.'],
  ['ru', 'Если магазин отказывается вернуть деньги, пишите претензию.'],
  ['zh', '如果商家拒绝退款，您可以联系消费者协会。'],
  ['zh', '不会写代码也没关系，跟着下面的步骤做。'],
  ['ja', 'この店ではカードでの支払いができません。'],
  ['ko', '상사의 제안을 정중하게 거절하는 방법입니다.'],
  ['ar', 'لا يمكن رد التذكرة لكن يمكن تغيير الموعد.'],
  ['th', 'คุณไม่สามารถคืนตั๋วได้ แต่เปลี่ยนวันได้'],
  ['sv', 'Du kan inte lämna tillbaka biljetten men du kan byta datum.'],
  ['cs', 'Jízdenku nelze vrátit, ale můžete změnit datum.'],
  ['ro', 'Biletul nu se poate returna, dar puteți schimba data.'],
];

describe('declines', () => {
  it.each(Object.entries(otherwise).flatMap(([lang, texts]) => texts.map((text) => [lang, text] as const)))(
    'sees a refusal that is worded otherwise (%s): %s',
    (_, text) => {
      expect(declines(text)).toBe('yes');
    },
  );

  it.each(helpful)('sees no refusal (%s): %s', (_, text) => {
    expect(declines(text)).toBe('no');
  });
});
