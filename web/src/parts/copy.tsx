// Copies a text, and says that it did.
import { useState } from 'react';
import { Button, type ButtonKind } from './button.tsx';

const SAID_FOR_MS = 2000;

interface CopyProps {
  readonly text: string;
  readonly label?: string;
  readonly kind?: ButtonKind;
}

export function Copy({ text, label = 'Copy', kind = 'plain' }: CopyProps) {
  const [said, setSaid] = useState<string | null>(null);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('Select it and copy by hand');
    }
    setTimeout(() => setSaid(null), SAID_FOR_MS);
  }
  return (
    <Button kind={kind} onClick={copy}>
      <span aria-live="polite">{said ?? label}</span>
    </Button>
  );
}
