import { spawn, type ChildProcess } from 'node:child_process'
import { chromium, type Page } from 'playwright'

/**
 * A program started as the desktop starts it, without a debugger on its shoulders. What happened is read afterwards,
 * from the times the page itself kept.
 */
export interface StartedProgram {
  pid: number
  /** Unix time in ms at which it was started. */
  begun: number
  /** Asks its page something; the connection stands only meanwhile. */
  ask: <Answer>(question: (page: Page) => Promise<Answer>) => Promise<Answer>
  stop: () => Promise<void>
}

export async function startProgram(executable: string, words: string[]): Promise<StartedProgram> {
  const begun = Date.now()
  const child: ChildProcess = spawn(executable, ['--remote-debugging-port=0', ...words], {
    env: { ...process.env, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${text}`)))
  })
  return {
    pid: child.pid ?? 0,
    begun,
    ask: async (question) => {
      const browser = await chromium.connectOverCDP(address)
      try {
        const [context] = browser.contexts()
        if (!context) throw new Error('the program has no window')
        return await question(context.pages()[0] ?? (await context.waitForEvent('page')))
      } finally {
        await browser.close()
      }
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill()
      await ended
    },
  }
}
