import { onScopeDispose, shallowReactive } from 'vue'

/** A key and what it does. `text` is the i18n key that the overlay `?` shows. */
export interface KeyAction {
  /** `ArrowLeft`, `+`, `0`, `/`, `Shift+N`, `Ctrl+F`. Letters do not mind caps lock. */
  key: string
  text: string
  run: () => void
  when?: () => boolean
  /** Works while one is typing in a field, too: for keys that no field wants. */
  inFields?: boolean
}

interface KeyScope {
  /** Feature word; the overlay's heading is the text `keys.<name>`. */
  name: string
  keys: KeyAction[]
}

interface Stroke {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}

/** Open scopes, oldest first; a later one wins. */
export const keyScopes = shallowReactive<KeyScope[]>([])

/** Whether a stroke is the one that a specification such as `Shift+N` means. */
export function matchesKey(specification: string, stroke: Stroke): boolean {
  const parts = specification.split(/(?<=[^+])\+/)
  const key = parts.pop() ?? ''
  const letter = /^\p{L}$/u.test(key)
  if (letter ? key.toLowerCase() !== stroke.key.toLowerCase() : key !== stroke.key) return false
  // The shift that a sign needs differs from keyboard to keyboard: `?` and `+` are what was typed, however.
  const shiftCounts = letter || key.length > 1 || key === ' '
  if (shiftCounts && stroke.shiftKey !== parts.includes('Shift')) return false
  if ((stroke.ctrlKey || stroke.metaKey) !== parts.includes('Ctrl')) return false
  return stroke.altKey === parts.includes('Alt')
}

const typed = new Set(['text', 'search', 'email', 'url', 'tel', 'password', 'number', 'date', 'month', 'time'])

/** Whether the focused element wants this key for itself. */
function belongsToElement(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  if (target instanceof HTMLInputElement) {
    return typed.has(target.type) || event.key.startsWith('Arrow') || event.key === ' ' || event.key === 'Enter'
  }
  return (
    (event.key === 'Enter' || event.key === ' ') && target.closest('button, a[href], summary, [role=menu]') !== null
  )
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal')) return
  const taken = belongsToElement(event)
  for (const scope of [...keyScopes].reverse()) {
    const action = scope.keys.find(
      (each) => (!taken || each.inFields) && matchesKey(each.key, event) && (each.when?.() ?? true),
    )
    if (!action) continue
    event.preventDefault()
    action.run()
    return
  }
}

/** Registers keys until the component is gone. Keys are ignored while typing in a field and under a dialog. */
export function useKeys(name: string, keys: KeyAction[]): void {
  if (keyScopes.length === 0) window.addEventListener('keydown', onKeyDown)
  const scope = { name, keys }
  keyScopes.push(scope)
  onScopeDispose(() => {
    keyScopes.splice(keyScopes.indexOf(scope), 1)
    if (keyScopes.length === 0) window.removeEventListener('keydown', onKeyDown)
  })
}

const signs: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  ' ': 'Space',
  '-': '−',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** A key specification as it is printed on a key cap: `Alt+ArrowLeft` becomes `Alt ←`. */
export function keyCap(specification: string): string {
  return specification
    .split(/(?<=[^+])\+/)
    .map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ')
}
