import { ipcMain, type BrowserWindow } from 'electron'
import * as v from 'valibot'
import { ArchiveError } from '../archive/errors.ts'
import type { eventNames } from './bridge/contract.ts'
import type { Call } from './bridge/call.ts'
import { contract, type Bridge, type BridgeEvents } from './bridge/contract.ts'
import { toReply, type Reply } from './bridge/reply.ts'
import { checkSender } from './origins.ts'

/** Whose call it is. */
export interface Caller {
  /** Id of the window's contents. */
  client: number
}

/** The implementation of the contract: the same functions, told who calls. */
export type BridgeServer = {
  [Group in keyof Bridge]: {
    [Method in keyof Bridge[Group]]: Bridge[Group][Method] extends (input: infer Input) => infer Answer
      ? (input: Input, caller: Caller) => Answer
      : never
  }
}

/** Calls whose answers may be tens of thousands of objects. */
const answeredAsJson = new Set(['issues.glance', 'issues.read'])

interface ServerParts {
  /** Origins the interface itself is loaded from. */
  origins: readonly string[]
  log: (text: string) => void
}

/** Registers every call of the contract. Refused: other frames, other origins, input that does not fit its schema. */
export function serveBridge(server: BridgeServer, { origins, log }: ServerParts): void {
  for (const [group, calls] of Object.entries(contract)) {
    for (const [method, { input }] of Object.entries(calls as Record<string, Call<unknown, unknown>>)) {
      const implementation = (server as Record<string, Record<string, unknown>>)[group]?.[method]
      const run = implementation as (checked: unknown, caller: Caller) => Promise<unknown>
      ipcMain.handle(`${group}.${method}`, async (event, given: unknown): Promise<Reply<unknown>> => {
        try {
          checkSender(event, origins)
          const parsed = v.safeParse(input, given)
          if (!parsed.success) throw new ArchiveError('bad-request', { reason: parsed.issues[0].message })
          const value = await run(parsed.output, { client: event.sender.id })
          return answeredAsJson.has(`${group}.${method}`)
            ? { ok: true, value: JSON.stringify(value), isJson: true }
            : { ok: true, value }
        } catch (error) {
          if (!(error instanceof ArchiveError)) log(`${group}.${method}: ${stackOf(error)}`)
          return toReply(error)
        }
      })
    }
  }
}

/** Tells all windows. */
export function broadcast<Name extends (typeof eventNames)[number]>(
  windows: readonly BrowserWindow[],
  name: Name,
  payload: BridgeEvents[Name],
): void {
  for (const window of windows) {
    if (!window.isDestroyed()) window.webContents.send(name, payload)
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
