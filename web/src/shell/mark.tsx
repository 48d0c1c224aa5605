// The name with its sign: a wall that stands.
export function Mark() {
  return (
    <span className="flex items-center gap-2 text-base font-semibold">
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path d="M8 24V11h3v3h3v-3h4v3h3v-3h3v13h-5v-4a3 3 0 0 0-6 0v4z" className="fill-on-accent" />
      </svg>
      Redoubt
    </span>
  );
}
