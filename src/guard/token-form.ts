/** What stands for a value that was taken out (redaction-tokens.ts makes them), wherever it stands in a text. */
export const redactionToken: RegExp = /\[[A-Z][A-Z_]*_[0-9A-F]{6,64}\]/g;
