// A sheet over the page: focus stays in it, Escape closes it, and it gives the focus back.
// Without Radix' own overlay, which would write a style element into the page: the server's policy forbids that.
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useGiveBackFocus } from './give-back-focus.ts';

interface SideSheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function SideSheet({ title, isOpen, onClose, children }: SideSheetProps) {
  const giveBackFocus = useGiveBackFocus();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className="fixed inset-0 z-40 bg-black/40" aria-hidden="true" />
        <Dialog.Content
          aria-describedby={undefined}
          {...giveBackFocus}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-4 overflow-y-auto border-r border-hair bg-paper p-4 shadow-[var(--shadow)]"
        >
          <div className="flex items-center justify-between">
            <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
            <Dialog.Close className="rounded-md border border-edge px-3 py-1.5 hover:bg-sunken">Close</Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
