import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron'
import { contract, eventNames } from './bridge/contract.ts'
import type { PreloadSurface, Reply } from './bridge/reply.ts'

/** Asked before the interface is even read: nothing is drawn without the answer. */
const early = new Map([['settings.read', ipcRenderer.invoke('settings.read')]])

function ask(name: string, input: unknown): Promise<Reply<unknown>> {
  const begun = early.get(name)
  early.delete(name)
  return begun ?? ipcRenderer.invoke(name, input)
}

const call: PreloadSurface['call'] = {}
for (const [group, calls] of Object.entries(contract)) {
  call[group] = {}
  for (const method of Object.keys(calls)) {
    call[group][method] = (input) => ask(`${group}.${method}`, input)
  }
}

const surface: PreloadSurface = {
  call,
  on: (event, listener) => {
    if (!eventNames.some((name) => name === event)) throw new Error(`no event ${event}`)
    const forward = (_event: unknown, payload: unknown): void => listener(payload)
    ipcRenderer.on(event, forward)
    return () => ipcRenderer.removeListener(event, forward)
  },
  dropped: async (file) => {
    const path = webUtils.getPathForFile(file)
    return path === '' ? undefined : ipcRenderer.invoke('dropped', path)
  },
  platform: process.platform,
}

contextBridge.exposeInMainWorld('banmian', surface)

// In a reading room nothing of the page may open a window of the system's own; each of these would.
if (process.argv.includes('--banmian-kiosk')) {
  const closed = `(() => {
    const nothing = { value: () => null, writable: false, configurable: false }
    for (const name of ['print', 'alert', 'confirm', 'prompt', 'open']) Object.defineProperty(window, name, nothing)
    Object.defineProperty(HTMLInputElement.prototype, 'showPicker', nothing)
  })()`
  void webFrame.executeJavaScript(closed)
}
