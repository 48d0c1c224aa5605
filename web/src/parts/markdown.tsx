// A text in Markdown as it is meant to be read: what our own cards use of it, headings, tables, lists, code and stress.
import type { ReactNode } from 'react';
import { Facts } from './facts.tsx';
import { Cell, Row, Table } from './table.tsx';

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*/g;

/** A line with its code and stress; whatever else it holds stays text. */
function spansOf(text: string): ReactNode[] {
  const spans: ReactNode[] = [];
  let end = 0;
  for (const found of text.matchAll(MARKS)) {
    const [whole, code, strong, stressed] = found;
    if (found.index > end) spans.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (code !== undefined) spans.push(<code key={found.index}>{code}</code>);
    else if (strong !== undefined) spans.push(<strong key={found.index}>{strong}</strong>);
    else spans.push(<em key={found.index}>{stressed}</em>);
  }
  return end < text.length ? [...spans, text.slice(end)] : spans;
}

/** A heading stands by itself, even where no empty line follows. */
const blocksOf = (text: string): string[] =>
  text
    .replaceAll(/^(#+ .*)$/gm, '\n$1\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter(Boolean);

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

function MarkdownTable({ lines, title }: { readonly lines: readonly string[]; readonly title: string }) {
  const [heads = [], , ...rows] = lines.map(cellsOf);
  if (heads.every((head) => head === ''))
    return <Facts rows={rows.map(([name = '', ...rest]) => [name, spansOf(rest.join(' '))] as const)} />;
  return (
    <Table caption={title} columns={heads.map((label) => ({ label }))}>
      {rows.map((cells) => (
        <Row key={cells.join('|')}>
          {cells.map((cell, index) => (
            <Cell key={heads[index]}>{spansOf(cell)}</Cell>
          ))}
        </Row>
      ))}
    </Table>
  );
}

const items = (block: string): string[] => block.replace(/^- /, '').split(/\n- /);

function Block({ block, title }: { readonly block: string; readonly title: string }) {
  const heading = /^#+ (.*)$/.exec(block);
  if (heading) return <h3 className="mt-2 text-sm font-semibold">{spansOf(heading[1] ?? '')}</h3>;
  if (block.startsWith('|')) return <MarkdownTable lines={block.split('\n')} title={title} />;
  if (!block.startsWith('- ')) return <p>{spansOf(block)}</p>;
  return (
    <ul className="list-disc pl-5">
      {items(block).map((item) => (
        <li key={item}>{spansOf(item)}</li>
      ))}
    </ul>
  );
}

export function Markdown({ text, title }: { readonly text: string; readonly title: string }) {
  return (
    <div className="flex flex-col gap-3">
      {blocksOf(text).map((block) => (
        <Block key={block} block={block} title={title} />
      ))}
    </div>
  );
}
