// Cuts a long text into overlapping windows, so that one sentence in a long document weighs as much as it does alone.

/** A window of the text: UTF-16 offsets, `end` exclusive. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Sizes in units: words, where a long run without blanks (a script without them, a code) counts several. */
export interface WindowSize {
  readonly length: number;
  /** From one window's start to the next. */
  readonly stride: number;
}

const LONGEST_UNIT = 8;
const unit = new RegExp(`[^\\s]{1,${LONGEST_UNIT}}(?:(?<=[\\x21-\\x7e])[\\x21-\\x7e]{0,24})?`, 'g');

/** The windows of the text in order; one for a text of at most a window and a half, none for a blank one. Linear. */
export function windowsOf(text: string, { length, stride }: WindowSize): Window[] {
  const starts: number[] = [];
  for (const { index } of text.matchAll(unit)) starts.push(index);
  if (starts.length === 0) return [];
  if (starts.length <= length * 1.5) return [{ start: 0, end: text.length }];
  const windows: Window[] = [];
  for (let first = 0; ; first += stride) {
    const isLast = first + length >= starts.length;
    const from = isLast ? Math.max(0, starts.length - length) : first;
    windows.push({ start: starts[from]!, end: isLast ? text.length : starts[from + length]! });
    if (isLast) return windows;
  }
}
