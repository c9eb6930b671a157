import type { Page } from 'playwright'

/** What was seen on the search screen while someone typed. */
export interface TypingFigures {
  /** Letters typed. */
  typed: number
  /** Of each letter, from its input event to the frame that shows its answer, in ms. */
  latencies: number[]
  /** Letters whose answer was never shown because the next letter came first. */
  overtaken: number
  /** Frames that showed results for other words than those written, without saying that they are being looked for. */
  stale: number
  /** Times between frames, in ms. */
  frames: number[]
  /** Work of the interface that took longer than 50 ms in one go: frames that it has dropped itself. */
  longTasks: number[]
}

/** Watches from now on; the answer stops and tells. */
export async function watchTyping(window: Page): Promise<() => Promise<TypingFigures>> {
  // What compiles this file gives functions their names by this helper, which the page has not.
  await window.evaluate(() => {
    Object.assign(globalThis, Object.fromEntries([['__name', (named: unknown) => named]]))
  })
  await window.evaluate(() => {
    // This file is compiled for Node; the function runs in the page.
    interface Element_ {
      value: string
      dataset: Record<string, string | undefined>
      getAttribute: (name: string) => string | null
      addEventListener: (name: string, listener: (event: { timeStamp: number; inputType: string }) => void) => void
    }
    const page = globalThis as unknown as {
      document: { querySelector: (selector: string) => Element_ }
      requestAnimationFrame: (run: (time: number) => void) => void
      typingFigures: unknown
      stopTyping: boolean
      PerformanceObserver: new (take: (list: { getEntries: () => { duration: number }[] }) => void) => {
        observe: (what: { type: string }) => void
      }
      MessageChannel: new () => {
        port1: { onmessage: () => void }
        port2: { postMessage: (value: unknown) => void }
      }
    }
    const field = page.document.querySelector('.filters input[role=combobox]')
    const results = page.document.querySelector('.results')
    const figures = {
      typed: 0,
      latencies: [] as number[],
      overtaken: 0,
      stale: 0,
      frames: [] as number[],
      longTasks: [] as number[],
    }
    page.typingFigures = figures
    page.stopTyping = false
    let pending: number | undefined
    field.addEventListener('input', ({ timeStamp, inputType }) => {
      if (page.stopTyping) return
      if (pending !== undefined) figures.overtaken += 1
      // What is taken back is taken back all at once.
      pending = inputType === 'deleteContentBackward' ? undefined : timeStamp
      if (pending !== undefined) figures.typed += 1
    })
    new page.PerformanceObserver((list) => {
      if (!page.stopTyping) figures.longTasks.push(...list.getEntries().map(({ duration }) => duration))
    }).observe({ type: 'longtask' })
    let last = performance.now()
    const frame = (): void => {
      if (page.stopTyping) return
      const now = performance.now()
      figures.frames.push(now - last)
      last = now
      const answered = results.dataset['answered'] ?? ''
      const busy = results.getAttribute('aria-busy') === 'true'
      const isAnswer = answered === field.value.trim()
      if (answered !== '' && !isAnswer && !busy) figures.stale += 1
      if (isAnswer && !busy && pending !== undefined) {
        const since = pending
        pending = undefined
        // What stands in the document at this frame is on the screen once the frame is drawn.
        const { port1, port2 } = new page.MessageChannel()
        port1.onmessage = () => figures.latencies.push(performance.now() - since)
        port2.postMessage(0)
      }
      page.requestAnimationFrame(frame)
    }
    page.requestAnimationFrame(frame)
  })
  return () =>
    window.evaluate(() => {
      const page = globalThis as unknown as { typingFigures: TypingFigures; stopTyping: boolean }
      page.stopTyping = true
      return page.typingFigures
    })
}
