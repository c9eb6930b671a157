/**
 * Sees to it that one tap presses one thing. A screen may change while the finger is down — a question closes, the keys
 * go away, hits arrive — and the browser gives the click to whatever lies there when the finger leaves. Such a click is
 * swallowed, however long the finger was held: it was never meant for what it falls on. Keys that click (Enter, Space)
 * have no finger and pass. Answers how to end the guard.
 */
export function guardTaps(): () => void {
  let pressed: Element | undefined
  const down = ({ target }: PointerEvent): void => {
    pressed = target instanceof Element ? target : undefined
  }
  const click = (event: MouseEvent): void => {
    const { target, detail } = event
    if (!event.isTrusted || detail === 0 || !pressed || !(target instanceof Element)) return
    if (isThere(pressed) && surfaceOf(pressed) === surfaceOf(target)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('pointerdown', down, { capture: true, passive: true })
  window.addEventListener('click', click, { capture: true })
  return () => {
    window.removeEventListener('pointerdown', down, { capture: true })
    window.removeEventListener('click', click, { capture: true })
  }
}

function isThere(element: Element): boolean {
  return element.isConnected && element.checkVisibility()
}

/** The open dialog that an element is in; null: the screen itself. */
function surfaceOf(element: Element): Element | null {
  return element.closest('dialog[open]')
}
