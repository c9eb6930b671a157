import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { serviceClient } from '../../../electron/service-client.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** Node's own processes in place of Electron's, which speak alike: they really hang, and are really ended. */
vi.mock('electron', () => ({
  utilityProcess: {
    fork: (entry: string, words: string[]) => {
      const child = fork(entry, words, { execArgv: [], stdio: 'inherit' })
      const port = new EventEmitter()
      for (const name of ['message', 'exit']) child.on(name, (value: unknown) => port.emit(name, value))
      return Object.assign(port, {
        pid: child.pid,
        kill: () => child.kill(),
        postMessage: (message: object) => child.connected && child.send(message),
      })
    },
  },
}))

interface Clerk {
  /** Answers who did it. */
  slow: (input: { ms: number }) => Promise<number>
  hang: () => Promise<never>
}

const clerk = `
process.on('message', ({ id, method, input }) => {
  if (method === 'alive') return process.send({ type: 'alive' })
  if (method === 'hang') for (;;);
  setTimeout(() => process.send({ type: 'reply', id, reply: { ok: true, value: process.pid } }), input.ms)
})`

it('ends a process that hangs or holds more than it may, says so to who waits, and starts another for the next', async () => {
  const entry = join(temporaryFolder(), 'clerk.cjs')
  writeFileSync(entry, clerk)
  const ended: number[] = []
  const said: string[] = []
  let held = 2400
  const client = serviceClient<Clerk>({
    ...{ entry, name: 'clerk', nursery: 4, memory: 64, patience: 1, most: 2500 },
    held: () => held,
    log: (text) => said.push(text),
    onMessage: () => undefined,
    onCrash: (code) => ended.push(code),
  })
  const first = await client.call.slow({ ms: 2500 })
  const waiting = client.call.slow({ ms: 60_000 }).catch((error: { code: string }) => error.code)
  await expect(client.call.hang()).rejects.toMatchObject({ code: 'background-stopped' })
  expect(await waiting).toBe('background-stopped')
  expect(ended).toHaveLength(1)
  expect(await client.call.slow({ ms: 0 })).not.toBe(first)
  expect(said).toEqual(['clerk hangs: ended'])

  held = 2600
  await expect(client.call.slow({ ms: 60_000 })).rejects.toMatchObject({ code: 'background-stopped' })
  expect(said[1]).toBe('clerk holds 2600 MB, more than 2500: ended')
  client.stop()
  await expect(client.call.slow({ ms: 0 })).rejects.toMatchObject({ code: 'background-stopped' })
})
