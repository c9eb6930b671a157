import { ref } from 'vue'

/** Rows of a list ordered by mouse: `moved` is told which row was let go before which other one. */
export function useRowDrag(moved: (id: string, before: string) => void) {
  /** The row that the dragged one would stand before. */
  const over = ref('')
  let held = ''

  function start(event: DragEvent, id: string): void {
    held = id
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
  }

  function hover(event: DragEvent, id: string): void {
    if (held === '') return
    event.preventDefault()
    over.value = id === held ? '' : id
  }

  function drop(event: DragEvent, id: string): void {
    if (held === '') return
    event.preventDefault()
    if (id !== held) moved(held, id)
    end()
  }

  function end(): void {
    held = ''
    over.value = ''
  }

  return { over, start, hover, drop, end }
}
