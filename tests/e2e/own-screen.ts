import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** A screen for one worker alone: two share neither focus nor keys nor clipboard. */
export interface OwnScreen {
  /** As in `DISPLAY`. */
  name: string
  stop: () => void
}

/** Starts an X server without a monitor, under the first number that is free. */
export async function ownScreen(): Promise<OwnScreen> {
  const words = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-ac', '-noreset']
  const server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] })
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code ?? 'a signal'}`)))
    const said = server.stdio[3] as Readable
    said.once('data', (data: Buffer) => resolve(data.toString().trim()))
  })
  return { name: `:${number}`, stop: () => server.kill() }
}
