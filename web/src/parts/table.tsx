// Tables of data: heads that stay, cells that line up, sideways scrolling on narrow screens only.
import type { ReactNode, TdHTMLAttributes } from 'react';

export interface Column {
  readonly label: string;
  readonly kind?: 'text' | 'number';
  /** Left out on narrow screens. */
  readonly optional?: boolean;
  readonly className?: string;
}

interface TableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}

export function Table({ caption, columns, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-hair text-left text-xs text-soft">
            {columns.map(({ label, kind, optional, className = '' }) => (
              <th
                key={label}
                scope="col"
                className={`px-3 py-2 first:pl-4 last:pr-4 font-medium ${kind === 'number' ? 'text-right' : ''} ${optional ? 'max-md:hidden' : ''} ${className}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

export function Row({ children }: { readonly children: ReactNode }) {
  return <tr className="border-b border-hair last:border-0 hover:bg-ground">{children}</tr>;
}

interface CellProps extends TdHTMLAttributes<HTMLTableCellElement> {
  /** `free` is what people write: it may break anywhere, so that one long word does not push the other columns away. */
  readonly kind?: 'text' | 'number' | 'free';
  readonly optional?: boolean;
}

const cellLooks = {
  text: 'break-words',
  number: 'text-right whitespace-nowrap',
  free: 'min-w-36 [overflow-wrap:anywhere]',
} as const;

export function Cell({ kind = 'text', optional = false, className = '', ...rest }: CellProps) {
  return (
    <td
      className={`px-3 py-2 first:pl-4 last:pr-4 align-top ${cellLooks[kind]} ${optional ? 'max-md:hidden' : ''} ${className}`}
      {...rest}
    />
  );
}
