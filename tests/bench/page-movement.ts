/** A script that zooms and pans the page in the window, one wheel event a frame; answers the milliseconds of each frame. */
export const movement = `(async () => {
  const host = document.querySelector('.page-host')
  const box = host.getBoundingClientRect()
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true }
  const deltas = []
  const frames = async (count, wheel) => {
    let last = await new Promise(requestAnimationFrame)
    for (let frame = 0; frame < count; frame += 1) {
      host.dispatchEvent(new WheelEvent('wheel', { ...at, ...wheel(frame) }))
      const now = await new Promise(requestAnimationFrame)
      deltas.push(now - last)
      last = now
    }
    await new Promise((done) => setTimeout(done, 500))
  }
  await frames(60, (frame) => ({ deltaY: frame < 40 ? -40 : 20, ctrlKey: true }))
  await frames(60, (frame) => ({ deltaY: frame % 40 < 20 ? 40 : -40, deltaX: 15 }))
  return deltas
})()`
