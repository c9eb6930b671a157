import type { ElectronApplication } from 'playwright'

/** A part of the window in CSS pixels. */
export interface Region {
  x: number
  y: number
  width: number
  height: number
}

/** What a presented frame shows in the region: mean grey 0–255, and how much it varies, 0–1. */
export interface PresentedFrame {
  ms: number
  grey: number
  contrast: number
}

export type Wanted = { contrastAbove: number } | { greyNear: number }

export interface Watched {
  /** Milliseconds from the start of the script to the first frame that shows what is wanted; undefined: never. */
  ms: number | undefined
  frames: PresentedFrame[]
}

/**
 * Runs a script in the window and looks at each frame the window presents, until one shows in a region what is wanted.
 * This is what a person sees; what a program says of itself is not asked.
 */
export function watchFrames(
  app: ElectronApplication,
  input: { script: string; region: Region; wanted: Wanted; clicks?: { x: number; y: number } },
): Promise<Watched> {
  return app.evaluate(async ({ BrowserWindow }, { script, region, wanted, clicks }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents
    const whole = (value: number) => Math.round(value)
    const part = { x: whole(region.x), y: whole(region.y), width: whole(region.width), height: whole(region.height) }
    return new Promise<Watched>((resolve) => {
      const frames: PresentedFrame[] = []
      let started = Infinity
      const end = (ms: number | undefined): void => {
        clearTimeout(patience)
        contents.endFrameSubscription()
        resolve({ ms, frames })
      }
      const patience = setTimeout(() => end(undefined), 8000)
      contents.beginFrameSubscription(false, (image) => {
        const ms = performance.now() - started
        if (ms < 0 || !Number.isFinite(ms)) return
        const pixels = image.crop(part).toBitmap()
        let sum = 0
        for (let at = 1; at < pixels.length; at += 4) sum += pixels[at] ?? 0
        const grey = sum / (pixels.length / 4)
        let varied = 0
        for (let at = 1; at < pixels.length; at += 4) varied += Math.abs((pixels[at] ?? 0) - grey)
        const contrast = varied / (pixels.length / 4) / 128
        frames.push({ ms, grey, contrast })
        const isThere = 'greyNear' in wanted ? Math.abs(grey - wanted.greyNear) < 8 : contrast > wanted.contrastAbove
        if (isThere) end(ms)
      })
      setTimeout(() => {
        started = performance.now()
        if (script) void contents.executeJavaScript(script)
        if (!clicks) return
        for (const clickCount of [1, 2]) {
          contents.sendInputEvent({
            type: 'mouseDown',
            button: 'left',
            clickCount,
            x: whole(clicks.x),
            y: whole(clicks.y),
          })
          contents.sendInputEvent({
            type: 'mouseUp',
            button: 'left',
            clickCount,
            x: whole(clicks.x),
            y: whole(clicks.y),
          })
        }
      }, 150)
    })
  }, input)
}

/** The value below which a share of all lies: 0.5 the median, 0.95 all but the slowest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
}
