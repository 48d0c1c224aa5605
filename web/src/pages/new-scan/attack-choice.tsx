// Which attacks: those of a preset, or exactly those that are ticked.
import type { AttackEntry } from '../../api/shapes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';

interface AttackChoiceProps {
  readonly attacks: readonly AttackEntry[];
  readonly chosen: readonly string[];
  readonly onChosen: (ids: string[]) => void;
}

export function AttackChoice({ attacks, chosen, onChosen }: AttackChoiceProps) {
  return (
    <details open={chosen.length > 0}>
      <summary className="text-sm font-medium">
        {chosen.length === 0 ? 'Attacks of the preset; choose others' : `Exactly ${chosen.length} chosen attacks`}
      </summary>
      <div className="mt-2 grid gap-x-4 gap-y-1.5 sm:grid-cols-2 xl:grid-cols-3">
        {attacks.map(({ id, title, fidelity_without_attacker: fidelity }) => (
          <label key={id} className="flex items-start gap-2 text-sm">
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChosen(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            <span>
              {title} {fidelity === 'static' && <Badge tone="unknown">static form</Badge>}
            </span>
          </label>
        ))}
      </div>
      {chosen.length > 0 && (
        <Button kind="quiet" className="mt-2" onClick={() => onChosen([])}>
          Back to the preset
        </Button>
      )}
    </details>
  );
}
