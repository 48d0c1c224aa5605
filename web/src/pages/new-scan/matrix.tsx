// Datasets by attacks, with the number of tests in each cell; rows and columns can be left out.
import type { DatasetEntry, ScanEstimate } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { slugsByDefault } from './plan.ts';

interface MatrixProps {
  readonly datasets: readonly DatasetEntry[];
  readonly chosen: readonly string[] | null;
  readonly onChosen: (slugs: string[]) => void;
  readonly estimate: ScanEstimate | undefined;
}

/** `encoding:codec=base64,wrap=false` as `encoding base64`: what tells the columns apart. */
const shortLabel = (label: string): string => label.replace(/:[^=]*=([^,]*).*/, ' $1').replaceAll('-', ' ');

export function Matrix({ datasets, chosen, onChosen, estimate }: MatrixProps) {
  const ticked = chosen ?? slugsByDefault(datasets);
  const toggle = (slug: string, on: boolean): void =>
    onChosen(on ? [...ticked, slug] : ticked.filter((each) => each !== slug));
  const attacks = estimate?.attacks ?? [];
  const bySlug = new Map(estimate?.datasets.map((dataset) => [dataset.slug, dataset]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="max-h-[34rem] overflow-auto" aria-label="Datasets by attacks" tabIndex={0}>
      <table className="w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 min-w-44 border-b border-hair bg-paper px-3 py-2 text-left align-bottom font-medium text-soft"
            >
              Dataset
            </th>
            <th
              scope="col"
              className="sticky top-0 z-10 border-b border-hair bg-paper px-2 py-2 text-right align-bottom font-medium text-soft"
            >
              Cases
            </th>
            {attacks.map(({ label }) => (
              <th
                key={label}
                scope="col"
                className="sticky top-0 z-10 border-b border-hair bg-paper px-2 py-2 text-right align-bottom font-medium text-soft"
              >
                <span className="inline-block min-w-14 max-w-24 break-words" title={label}>
                  {shortLabel(label)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {datasets.map(({ slug, name, cases, origin }) => {
            const on = ticked.includes(slug);
            const planned = on ? bySlug.get(slug) : undefined;
            return (
              <tr key={slug} className={on ? '' : 'text-soft'}>
                <th
                  scope="row"
                  className="sticky left-0 z-10 border-b border-hair bg-paper px-3 py-1.5 text-left font-normal"
                >
                  <label className="flex items-start gap-2 text-sm">
                    <input
                      type="checkbox"
                      className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
                      checked={on}
                      onChange={(event) => toggle(slug, event.target.checked)}
                    />
                    <span>
                      {name}
                      {origin === 'own' && <span className="text-xs text-soft"> (own)</span>}
                    </span>
                  </label>
                </th>
                <td className="border-b border-hair px-2 py-1.5 text-right">
                  {planned ? `${count(planned.cases)} of ${count(cases)}` : count(cases)}
                </td>
                {attacks.map(({ label }) => {
                  const n = planned?.by_attack[label] ?? 0;
                  return (
                    <td
                      key={label}
                      className={`border-b border-hair px-2 py-1.5 text-right ${n > 0 ? 'bg-tint' : 'text-soft'}`}
                    >
                      {n > 0 ? count(n) : '-'}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
