// Buttons, and links that look like them.
import { Link, type LinkComponentProps } from '@tanstack/react-router';
import type { ButtonHTMLAttributes } from 'react';

export type ButtonKind = 'main' | 'plain' | 'danger' | 'quiet';

const looks: Readonly<Record<ButtonKind, string>> = {
  main: 'border-accent bg-accent text-on-accent hover:brightness-110',
  plain: 'border-edge bg-paper text-ink hover:bg-sunken',
  danger: 'border-breached bg-paper text-breached hover:bg-breached-tint',
  quiet: 'border-transparent bg-transparent text-accent hover:bg-sunken',
};

const shape =
  'inline-flex items-center justify-center gap-1.5 rounded-md border px-3 py-1.5 text-sm font-medium whitespace-nowrap disabled:opacity-55';

export const buttonLook = (kind: ButtonKind): string => `${shape} ${looks[kind]}`;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
}

export function Button({ kind = 'plain', type = 'button', className = '', ...rest }: ButtonProps) {
  return <button type={type} className={`${buttonLook(kind)} ${className}`} {...rest} />;
}

export function LinkButton({ kind = 'plain', className = '', ...rest }: LinkComponentProps & { kind?: ButtonKind }) {
  return <Link className={`${buttonLook(kind)} ${String(className)}`} {...rest} />;
}
