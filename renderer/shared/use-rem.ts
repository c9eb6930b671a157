import { onScopeDispose, ref } from 'vue'

/** CSS pixels of one rem, followed when the reader changes the size of text: virtual rows need heights in pixels. */
export function useRem() {
  const probe = document.createElement('div')
  probe.className = 'rem-probe'
  document.body.append(probe)
  const pixels = ref(probe.offsetWidth || 16)
  const observer = new ResizeObserver(() => (pixels.value = probe.offsetWidth || 16))
  observer.observe(probe)
  onScopeDispose(() => {
    observer.disconnect()
    probe.remove()
  })
  return pixels
}
