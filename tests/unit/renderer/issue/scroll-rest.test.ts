import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { scrollRest } from '../../../../renderer/issue/scroll-rest.ts'

let target: EventTarget
beforeEach(() => {
  vi.useFakeTimers()
  target = new EventTarget()
  vi.stubGlobal('window', target)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('comes when nothing has been scrolled for a while, however long that takes', async () => {
  const came = vi.fn()
  void scrollRest(250).then(came)
  for (let step = 0; step < 20; step += 1) {
    await vi.advanceTimersByTimeAsync(200)
    target.dispatchEvent(new Event('scroll'))
  }
  expect(came).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(249)
  expect(came).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(came).toHaveBeenCalledOnce()
})
