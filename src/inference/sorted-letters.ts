// A reading of a text that scrambled words share with well-written ones: first letter, the inner ones sorted, the last.

const word = /\p{L}{4,24}/gu;

/** "ignore" and "ingroe" both give "ignore" with its inner letters sorted: "iegnoe". Lower case; all else stays. */
export const sortLetters = (text: string): string =>
  text.toLowerCase().replace(word, (letters) => {
    const inner = letters.slice(1, -1).split('');
    return `${letters.charAt(0)}${inner.sort().join('')}${letters.charAt(letters.length - 1)}`;
  });
