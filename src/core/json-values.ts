// Values that came out of JSON, walked through without recursion: how large one may be before a schema is asked, as a
// schema takes a thousand times as long over each wrong value as the parser did, and keys that no object may take over.

/** A chat of 10,000 messages with all their keys has half of it. */
const MOST_VALUES = 100_000;
const MOST_LEVELS = 500;
const FEW_VALUES = 100;

/** Only what JSON and TOML know: a stream that stands for a body is not looked into. */
function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Array.prototype || prototype === Object.prototype || prototype === null;
}

const valuesOf = (nested: object): readonly unknown[] => (Array.isArray(nested) ? nested : Object.values(nested));

/** The lists and objects in a value, level by level; a level is not looked into before the next one is asked for. */
function* levelsOf(value: unknown): Generator<readonly object[]> {
  let level = [value].filter(isNested);
  while (level.length > 0) {
    yield level;
    const below: object[] = [];
    for (const nested of level) for (const each of valuesOf(nested)) if (isNested(each)) below.push(each);
    level = below;
  }
}

/** As most lines of a dataset are: told at once, since a file has a million of them. */
const isSmallAndFlat = (value: unknown): boolean =>
  isNested(value) && valuesOf(value).length <= FEW_VALUES && !valuesOf(value).some(isNested);

/** Why a value is too large to be looked at, as the rest of a sentence that begins with "it"; null where it is not. */
export function tooLarge(value: unknown, most = MOST_VALUES): string | null {
  if (isSmallAndFlat(value)) return null;
  let values = 0;
  let levels = 0;
  for (const level of levelsOf(value)) {
    for (const nested of level) values += valuesOf(nested).length;
    levels += 1;
    if (values > most) return `holds more than ${most.toLocaleString('en')} values`;
    if (levels > MOST_LEVELS) return `is nested more than ${MOST_LEVELS} levels deep`;
  }
  return null;
}

/** JSON to a value; keys named `__proto__` are left out, as a copy of the value would take one for its prototype. Throws SyntaxError. */
export function parseWithoutProto(text: string): unknown {
  const value: unknown = JSON.parse(text);
  for (const level of levelsOf(value))
    for (const nested of level) if (Object.hasOwn(nested, '__proto__')) Reflect.deleteProperty(nested, '__proto__');
  return value;
}
