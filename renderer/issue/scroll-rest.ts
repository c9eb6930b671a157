/** Resolves when nothing in the window has been scrolled for so many milliseconds. */
export function scrollRest(ms: number): Promise<void> {
  return new Promise((done) => {
    let waiting = setTimeout(end, ms)
    function again(): void {
      clearTimeout(waiting)
      waiting = setTimeout(end, ms)
    }
    function end(): void {
      window.removeEventListener('scroll', again, { capture: true })
      done()
    }
    window.addEventListener('scroll', again, { capture: true, passive: true })
  })
}
