import type { Bridge, BridgeEvents } from '../../electron/bridge/contract.ts'
import { fromReply, type PreloadSurface } from '../../electron/bridge/reply.ts'

declare global {
  interface Window {
    readonly banmian: PreloadSurface
  }
}

/** Vue's proxies cannot cross the bridge; inputs are plain data, so a copy through JSON is the same thing. */
function plain(input: unknown): unknown {
  return input === undefined ? undefined : JSON.parse(JSON.stringify(input))
}

function client(): Bridge {
  const groups = Object.entries(window.banmian.call).map(([group, methods]) => {
    const calls = Object.entries(methods).map(([method, invoke]) => [
      method,
      async (input?: unknown) => fromReply(await invoke(plain(input))),
    ])
    return [group, Object.fromEntries(calls)]
  })
  return Object.fromEntries(groups) as Bridge
}

/** The program, as functions. Only stores call it. */
export const api: Bridge = client()

/** Listens to what main tells; the answer stops listening. */
export function listen<Name extends keyof BridgeEvents>(
  event: Name,
  listener: (payload: BridgeEvents[Name]) => void,
): () => void {
  return window.banmian.on(event, (payload) => listener(payload as BridgeEvents[Name]))
}

/** A token for what was dropped on the window; undefined when it does not come from the disk. */
export function droppedToken(file: File): Promise<{ token: string; name: string } | undefined> {
  return window.banmian.dropped(file)
}
