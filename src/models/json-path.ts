// The small path language in which one says where an answer lies: `choices[0].message.content`, `$.data[*].text`.
// A subset of JSONPath (RFC 9535): names, indices (from the end when negative) and `*`; no filters, no recursion.

/** One step: a name, an index, or every element of a list. */
export type PathStep = string | number | '*';

const nextStep = /\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\[(-?\d+)\]|\[(\*)\]|\.(\*)|\[(?:"([^"]*)"|'([^']*)')\]/uy;

/** The steps of a path, or null when it cannot be read. `$` and the empty path mean the whole value. */
export function parsePath(path: string): readonly PathStep[] | null {
  const text = path.trim().replace(/^\$(?=$|[.[])/, '');
  const steps: PathStep[] = [];
  nextStep.lastIndex = 0;
  while (nextStep.lastIndex < text.length) {
    const found = nextStep.exec(text);
    if (!found) return null;
    const [, name, index, star, dotStar, double, single] = found;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(star ?? dotStar ?? name ?? double ?? single ?? '');
  }
  return steps;
}

function readStep(value: unknown, step: PathStep): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof step === 'number') return Array.isArray(value) ? value.at(step) : undefined;
  return !Array.isArray(value) && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
}

/**
 * The value at the end of the steps; undefined where nothing lies there. Behind a `*` it is the list of what the
 * elements hold, without those that hold nothing, or undefined when none does.
 */
export function readPath(value: unknown, steps: readonly PathStep[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step !== '*') return readPath(readStep(value, step), rest);
  if (!Array.isArray(value)) return undefined;
  const found = value.map((element) => readPath(element, rest)).filter((element) => element !== undefined);
  return found.length > 0 ? found.flat() : undefined;
}
