// Texts inside the patterns of LIKE.

/** The text with the signs that LIKE reads as wildcards taken literally, under `escape '\\'`. */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
