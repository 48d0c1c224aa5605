// All matches of an expression, for searches that run hundreds of times a second and mostly find nothing.

const none: readonly RegExpExecArray[] = [];

/** What `text.matchAll` gives, without the copy of the expression that it makes at every call. It must be global. */
export function matchesOf(text: string, expression: RegExp): readonly RegExpExecArray[] {
  expression.lastIndex = 0;
  let match = expression.exec(text);
  if (match === null) return none;
  const found: RegExpExecArray[] = [];
  for (; match !== null; match = expression.exec(text)) {
    found.push(match);
    if (match[0] === '') expression.lastIndex += 1;
  }
  return found;
}
