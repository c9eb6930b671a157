import type { ElectronApplication } from 'playwright'
import { closeSync, openSync, readSync } from 'node:fs'

/** A part of the window in CSS pixels, which are those of the screen here. */
export interface Region {
  x: number
  y: number
  width: number
  height: number
}

/** What the screen shows in the region since `ms`: mean grey 0–255, and how much it varies, 0–1. */
export interface PresentedFrame {
  ms: number
  grey: number
  contrast: number
}

export type Wanted = { contrastAbove: number } | { greyNear: number }

interface Watch {
  script: string
  region: Region
  wanted: Wanted
  /** Where to click twice. */
  clicks?: { x: number; y: number }
  /** Milliseconds after which it will not be seen any more. */
  patience?: number
}

interface Watched {
  /** Milliseconds from the start of the script until the screen shows what is wanted; undefined: never. */
  ms: number | undefined
  frames: PresentedFrame[]
}

/** Often enough to see each frame, and seldom enough to leave both cores to what is measured. */
const betweenLooks = 1
const bytesPerPixel = 4

/** The screen of Xvfb as the file it keeps it in (`-fbdir`; X11/XWDFile.h). */
function openScreen(file: string): { read: (region: Region) => Omit<PresentedFrame, 'ms'>; close: () => void } {
  const handle = openSync(file, 'r')
  const header = Buffer.alloc(100)
  readSync(handle, header, 0, header.length, 0)
  const field = (index: number): number => header.readUInt32BE(index * 4)
  const [headerSize, bitsPerPixel, bytesPerLine, colours] = [field(0), field(11), field(12), field(19)]
  if (bitsPerPixel !== bytesPerPixel * 8) throw new Error(`a screen of ${bitsPerPixel} bits a pixel`)
  const start = headerSize + colours * 12
  const read = ({ x, y, width, height }: Region) => {
    const rows = Buffer.alloc(width * bytesPerPixel * height)
    for (let row = 0; row < height; row += 1) {
      const length = width * bytesPerPixel
      readSync(handle, rows, row * length, length, start + (y + row) * bytesPerLine + x * bytesPerPixel)
    }
    // Blue, green, red, nothing; green is near enough to grey.
    const greens = Array.from({ length: width * height }, (_, index) => rows[index * bytesPerPixel + 1] ?? 0)
    const grey = greens.reduce((sum, value) => sum + value, 0) / greens.length
    return { grey, contrast: greens.reduce((sum, value) => sum + Math.abs(value - grey), 0) / greens.length / 128 }
  }
  return { read, close: () => closeSync(handle) }
}

/**
 * Runs a script in the window and looks at the screen until it shows in a region what is wanted. This is what a person
 * sees; what a program says of itself is not asked. (Electron's frame subscription leaves frames out that follow each
 * other closely, and hands on the last of them up to 100 ms later.)
 */
export async function watchFrames(
  app: ElectronApplication,
  { script, region, wanted, clicks, patience = 8000 }: Watch,
): Promise<Watched> {
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getContentBounds())
  const part = {
    x: Math.round(bounds.x + region.x),
    y: Math.round(bounds.y + region.y),
    width: Math.round(region.width),
    height: Math.round(region.height),
  }
  const screen = openScreen(process.env['BANMIAN_SCREEN'] ?? '')
  const seen: (Omit<PresentedFrame, 'ms'> & { at: number })[] = []
  const look = (): void => {
    const now = screen.read(part)
    const last = seen.at(-1)
    if (last?.grey !== now.grey || last.contrast !== now.contrast) seen.push({ ...now, at: timeNow() })
  }
  const isWanted = ({ grey, contrast }: Omit<PresentedFrame, 'ms'>): boolean =>
    'greyNear' in wanted ? Math.abs(grey - wanted.greyNear) < 8 : contrast > wanted.contrastAbove
  look()
  let started = Infinity
  const starting = start(app, script, clicks).then((at) => (started = at))
  const end = timeNow() + patience
  const found = () => seen.find((frame) => frame.at >= started && isWanted(frame))
  while (!found() && timeNow() < end) {
    await new Promise((done) => setTimeout(done, betweenLooks))
    look()
  }
  await starting
  screen.close()
  const frames = seen.filter(({ at }) => at >= started).map(({ at, ...frame }) => ({ ...frame, ms: at - started }))
  return { ms: frames.find(isWanted)?.ms, frames }
}

/** Milliseconds by the clock that all processes share. */
const timeNow = (): number => performance.timeOrigin + performance.now()

/** Has the window run a script, or clicks twice; answers when that began. */
function start(
  app: ElectronApplication,
  script: string,
  clicks: { x: number; y: number } | undefined,
): Promise<number> {
  return app.evaluate(
    ({ BrowserWindow }, { text, at }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents
      const began = performance.timeOrigin + performance.now()
      if (text) void contents.executeJavaScript(text)
      for (const clickCount of at ? [1, 2] : []) {
        const click = { button: 'left', clickCount, x: Math.round(at!.x), y: Math.round(at!.y) } as const
        contents.sendInputEvent({ type: 'mouseDown', ...click })
        contents.sendInputEvent({ type: 'mouseUp', ...click })
      }
      return began
    },
    { text: script, at: clicks },
  )
}

/** The value below which a share of all lies: 0.5 the median, 0.95 all but the slowest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
}
