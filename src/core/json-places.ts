// Other texts at their places in JSON, put there in one pass. Pure.
import { isRecord } from './records.ts';

/** From the whole to a value in it: keys of objects, and indices of lists. */
export type JsonPlace = readonly (string | number)[];

/** A text and where it stands. */
export interface TextAtPlace {
  readonly path: JsonPlace;
  readonly text: string;
}

type InPlaceOf = (given: unknown, text: string) => unknown;
const theText: InPlaceOf = (_given, text) => text;

function changed(value: unknown, changes: readonly TextAtPlace[], depth: number, inPlaceOf: InPlaceOf): unknown {
  const here = changes.find(({ path }) => path.length === depth);
  if (here !== undefined) return inPlaceOf(value, here.text);
  const below = Map.groupBy(changes, ({ path }) => path[depth]!);
  const next = (inner: unknown, step: string | number): unknown => {
    const ofStep = below.get(step);
    return ofStep === undefined ? inner : changed(inner, ofStep, depth + 1, inPlaceOf);
  };
  if (Array.isArray(value)) return value.map(next);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, next(inner, key)]));
}

/**
 * The JSON with other texts at these places. Each list and object that leads to one is copied once, however many there
 * are; all else stays the same value. Places that do not exist are passed over. `inPlaceOf`: what stands there then,
 * made of what stood there and the text; left out: the text.
 */
export const withTextsAt = (value: unknown, changes: readonly TextAtPlace[], inPlaceOf = theText): unknown =>
  changes.length === 0 ? value : changed(value, changes, 0, inPlaceOf);
