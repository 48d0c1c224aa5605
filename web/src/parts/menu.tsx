// A button that opens a list of things to do, by Radix: arrow keys, letters and Escape work.
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonLook } from './button.tsx';

export interface MenuItem {
  readonly label: string;
  readonly note?: string;
  readonly onSelect: () => void;
  readonly isDanger?: boolean;
  readonly disabled?: boolean;
}

interface MenuProps {
  readonly label: ReactNode;
  readonly items: readonly MenuItem[];
}

export function Menu({ label, items }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonLook('plain')}>
        {label} <span aria-hidden="true">▾</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-52 rounded-md border border-hair bg-paper p-1 shadow-[var(--shadow)]"
        >
          {items.map(({ label: name, note, onSelect, isDanger, disabled = false }) => (
            <DropdownMenu.Item
              key={name}
              disabled={disabled}
              onSelect={onSelect}
              className={`cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-sunken ${isDanger ? 'text-breached' : ''}`}
            >
              {name}
              {note && <span className="block text-xs text-soft">{note}</span>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
