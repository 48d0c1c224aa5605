// A text with stretches marked in it. Stretches may overlap: each names itself where it ends.
export interface MarkedStretch {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

interface Piece {
  readonly start: number;
  readonly text: string;
  readonly isMarked: boolean;
  /** Of stretches that end with this piece. */
  readonly labels: readonly string[];
}

/** The text cut at every start and end. */
function piecesOf(text: string, stretches: readonly MarkedStretch[]): Piece[] {
  const cuts = [...new Set([0, text.length, ...stretches.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? text.length;
    return {
      start,
      text: text.slice(start, end),
      isMarked: stretches.some((stretch) => stretch.start <= start && stretch.end >= end),
      labels: [...new Set(stretches.filter((stretch) => stretch.end === end).map(({ label }) => label))],
    };
  });
}

interface MarkedTextProps {
  readonly text: string;
  readonly stretches: readonly MarkedStretch[];
}

export function MarkedText({ text, stretches }: MarkedTextProps) {
  return (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:plaintext]">
      {piecesOf(text, stretches).map((piece) =>
        piece.isMarked ? (
          <mark
            key={piece.start}
            className="bg-breached-tint text-ink underline decoration-breached decoration-2 underline-offset-2"
          >
            {piece.text}
            {piece.labels.map((label) => (
              <span key={label} className="mx-1 rounded-sm bg-paper px-1 text-xs font-semibold text-breached">
                {label}
              </span>
            ))}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}
