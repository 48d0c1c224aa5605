// Asks before something is done that cannot be taken back, or for one more word.
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { useGiveBackFocus } from './give-back-focus.ts';
import { Problem } from './states.tsx';

interface AskDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onYes: () => void;
  readonly yes: string;
  readonly isDanger?: boolean;
  readonly isBusy?: boolean;
  readonly mayNot?: boolean;
  readonly error?: unknown;
  readonly children: ReactNode;
}

export function AskDialog({
  title,
  isOpen,
  onClose,
  onYes,
  yes,
  isDanger = false,
  isBusy = false,
  mayNot = false,
  error = null,
  children,
}: AskDialogProps) {
  const giveBackFocus = useGiveBackFocus();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className="fixed inset-0 z-40 bg-black/40" aria-hidden="true" />
        <Dialog.Content
          aria-describedby={undefined}
          {...giveBackFocus}
          className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[30rem] max-w-[92vw] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-hair bg-paper p-5 shadow-[var(--shadow)]"
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onYes();
            }}
          >
            <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
            <div className="mt-2 flex flex-col gap-3 text-sm">{children}</div>
            {error !== null && (
              <div className="mt-3">
                <Problem error={error} />
              </div>
            )}
            <div className="mt-4 flex flex-wrap justify-end gap-2">
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" kind={isDanger ? 'danger' : 'main'} disabled={isBusy || mayNot}>
                {yes}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
