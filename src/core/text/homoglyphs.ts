// Letters of other scripts that look like Latin ones, and when to read them as Latin.
// Apart from normalise.ts because the table is long and the rule that spares real Russian or Greek needs its reasons.

/** Pairs "foreign letter, Latin letter" after Unicode's confusables (UTS 39), single letters only. */
const pairs: Readonly<Record<'cyrillic' | 'greek' | 'armenian', string>> = {
  cyrillic: 'аaсcеeоoрpхxуyіiјjѕsԁdһhӏlԛqԝwАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYԌGԚQԜWҮYкkмmтt',
  greek: 'αaοoνvρpυuιiκkτtχxγyωwηnεeΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX',
  armenian: 'оoօoսuհhոnցgզqյjԼLՍUՏSՕO',
};

const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.values(pairs).flatMap((text) => {
    const letters = Array.from(text);
    return letters.flatMap((letter, index) => (index % 2 === 0 ? [[letter, letters[index + 1]!] as const] : []));
  }),
);

/** Latin letters in other dress that NFKC leaves alone (small capitals, strokes, IPA); always read as Latin. */
const dressedLatin: ReadonlyMap<string, string> = new Map(
  Array.from('ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɡgɑaıiȷj').flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1]!] as const] : [],
  ),
);

const word = /[\p{L}\p{M}\p{N}_]+/gu;
const latin = /\p{Script=Latin}/u;
const otherScript = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

const read = (letter: string): string => lookAlikes.get(letter) ?? letter;
const readDressed = (letter: string): string => dressedLatin.get(letter) ?? letter;
const isForeign = (letter: string): boolean => otherScript.test(letter) && !lookAlikes.has(letter);

/**
 * Reads letters that imitate Latin ones as Latin, where a word mixes the scripts, or where every Cyrillic, Greek or
 * Armenian letter of the whole text imitates a Latin one. Text that is really written in those scripts stays untouched.
 */
export function foldHomoglyphs(text: string): string {
  const undressed = text.replace(/[ᴀ-ᴢɡɑʀɪʏʙɢʜʟɴꜰꜱıȷ]/gu, readDressed);
  if (!otherScript.test(undressed)) return undressed;
  const genuine = Array.from(undressed).some(isForeign);
  return undressed.replace(word, (found) => {
    if (!otherScript.test(found)) return found;
    const imitates = latin.test(found) || !genuine;
    return imitates ? Array.from(found, read).join('') : found;
  });
}
