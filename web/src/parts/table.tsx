// Tables of data: heads that stay, cells that line up. On a narrow screen a row is a card, each cell under its own head:
// nothing lies beyond the edge.
import { Children, createContext, type ReactNode, type TdHTMLAttributes, use } from 'react';

export interface Column {
  readonly label: string;
  readonly kind?: 'text' | 'number';
  /** Left out on narrow screens. */
  readonly optional?: boolean;
  readonly className?: string;
}

const Heads = createContext<readonly Column[]>([]);
/** What stands above a cell; null in the first, which names the row. */
const Head = createContext<string | null>(null);

interface TableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}

export function Table({ caption, columns, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="relative overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="max-md:sr-only">
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
        <tbody>
          <Heads value={columns}>{children}</Heads>
        </tbody>
      </table>
    </section>
  );
}

/** Its children are its cells, one for each column. */
export function Row({ children }: { readonly children: ReactNode }) {
  const heads = use(Heads);
  return (
    <tr className="border-b border-hair last:border-0 hover:bg-ground max-md:flex max-md:flex-wrap max-md:gap-x-5 max-md:gap-y-1.5 max-md:px-4 max-md:py-2">
      {Children.map(children, (cell, index) => (
        <Head value={index === 0 ? null : (heads[index]?.label ?? null)}>{cell}</Head>
      ))}
    </tr>
  );
}

interface CellProps extends TdHTMLAttributes<HTMLTableCellElement> {
  /** `free` is what people write: it may break anywhere, so that one long word does not push the other columns away. */
  readonly kind?: 'text' | 'number' | 'free';
  readonly optional?: boolean;
}

const cellLooks = {
  text: 'break-words',
  number: 'md:text-right md:whitespace-nowrap',
  free: 'md:min-w-36 [overflow-wrap:anywhere]',
} as const;

/** The head stands in the cell's own look: the real one is still read out, so it is not said twice. */
const asCard =
  'max-md:min-w-0 max-md:first:w-full max-md:empty:hidden max-md:before:block max-md:before:text-xs max-md:before:text-soft max-md:before:content-[attr(data-head)/""]';

export function Cell({ kind = 'text', optional = false, className = '', ...rest }: CellProps) {
  const head = use(Head);
  return (
    <td
      className={`align-top md:px-3 md:py-2 md:first:pl-4 md:last:pr-4 ${asCard} ${cellLooks[kind]} ${optional ? 'max-md:hidden' : ''} ${className}`}
      {...(head === null ? {} : { 'data-head': head })}
      {...rest}
    />
  );
}
