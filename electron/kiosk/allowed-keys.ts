import type { Input } from 'electron'

/** The keys a visitor has. Whatever is not named opens, closes, saves, prints or reloads something somewhere. */

const named = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Tab',
  'Enter',
  'Escape',
  'Backspace',
  'Delete',
  'Shift',
  'CapsLock',
  'F1',
])

/** Whether a key may reach the page: those above, and what writes one character. Never with Ctrl, Alt or Meta. */
export function allowedKey({ key, control, alt, meta }: Pick<Input, 'key' | 'control' | 'alt' | 'meta'>): boolean {
  if (control || alt || meta) return false
  return named.has(key) || (/^[^\p{Cc}\p{Cn}\p{Co}\p{Cs}]$/u.test(key) && key !== '\u200b')
}
