import { computed, onScopeDispose, ref } from 'vue'
import { useRem } from './use-rem.ts'

/** So much higher than wide is upright; a window that is merely narrow, or low, is not. */
const UPRIGHT = 1.25

/** The window stands upright and is so high, in rem, that what a lying one has room for would leave its lower part empty. */
export function useTallWindow(leastRem: number) {
  const rem = useRem()
  const room = ref({ width: window.innerWidth, height: window.innerHeight })
  const measure = (): void => {
    room.value = { width: window.innerWidth, height: window.innerHeight }
  }
  window.addEventListener('resize', measure)
  onScopeDispose(() => window.removeEventListener('resize', measure))
  return computed(() => isTall(room.value, leastRem * rem.value))
}

/** The same in pixels. */
export function isTall({ width, height }: { width: number; height: number }, least: number): boolean {
  return height >= UPRIGHT * width && height >= least
}
