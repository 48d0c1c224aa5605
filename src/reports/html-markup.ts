// HTML made from values: whatever is not markup of ours is escaped.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as content or attribute of HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** Markup that was made here; nothing else goes into a page unescaped. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | Markup | readonly Piece[] | null;

const written = (piece: Piece): string => {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeHtml(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(written).join('');
};

/** Markup with every value escaped that is not markup itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  const markup = parts.reduce((sum, part, index) => sum + part + written(values[index] ?? null), '');
  return { markup };
}

interface Labelled {
  readonly label: string;
  readonly value: string;
}

/** Labels with their values. */
export const pairs = (rows: readonly Labelled[], kind: string): Markup =>
  html`<dl class="${kind}">${rows.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
