// Said wherever results of the simulated target appear.
export function SimulatedNotice() {
  return (
    <p className="mb-4 rounded-md border border-accent bg-tint px-3 py-2 text-sm">
      <strong className="text-accent">Simulated target.</strong> It stands in for a model: nothing here says anything
      about a real one.
    </p>
  );
}
