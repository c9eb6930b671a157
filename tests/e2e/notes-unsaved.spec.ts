import { expect, type Page } from 'playwright/test'
import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newAnnotation } from '../../archive/annotations/annotation-record.ts'
import { openNoteStore } from '../../archive/annotations/note-store.ts'
import type { PreloadSurface } from '../../electron/bridge/reply.ts'
import { sampleArchive, test, type RunningApp } from './app.ts'
import { button, goTo, openedBase, readPage, selectWords } from './steps.ts'

/** Where notes cannot be saved it is said at once, and what was written stays on the screen and can be copied. */

const at = '2026-01-02T03:04:05.000Z'
const place = {
  archive: '',
  archiveName: '',
  title: 'jcrb',
  titleName: '焦城日报',
  language: 'zh-Hans',
  date: '2013-01-10',
  edition: 1,
  page: { id: 'p1', label: '01', name: '' },
}

/** A profile with two notes on the first page. */
function profileWithNote(folder: string): { profile: string; notes: string } {
  const profile = join(folder, 'mine')
  const notes = join(profile, 'notes')
  const store = openNoteStore(notes)
  const put = ['原话', '另一条'].map((comment) => newAnnotation({ level: 'page', place, edit: { comment } }, at))
  store.change({ put, origin, label: 'add' })
  store.close()
  return { profile, notes }
}
const origin = 'reader'

/** Words before a command under which a folder is a disk of its own, of so many bytes. Empty where that cannot be. */
function onSmallDisk(folder: string, bytes: number): string[] {
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  const back = ['unshare', '--user', `--map-user=${user}`, `--map-group=${group}`]
  const mount = `cp -a "$0" "$0.was" && mount -t tmpfs -o size=${bytes},mode=777 notes "$0" && cp -a "$0.was"/. "$0" && exec "$@"`
  const words = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, folder, ...back]
  return spawnSync(words[0]!, [...words.slice(1), 'true']).status === 0 ? words : []
}

const row = (window: Page, comment: string) => window.locator('.notes-panel .note-row').filter({ hasText: comment })

async function openNote({ window }: RunningApp): Promise<Page> {
  await readPage(window, await openedBase(window), 'p1')
  await window.keyboard.press('m')
  await row(window, '原话').click()
  return window
}

/** Writes behind what stands there, and sees that it is refused, said, shown and copied. */
async function writeInVain({ app, window }: RunningApp, words: string, sentence: RegExp): Promise<void> {
  const comment = window.getByRole('textbox', { name: '批注' })
  await comment.focus()
  await window.keyboard.press('Control+End')
  await window.keyboard.insertText(words)
  await expect(window.locator('.saving')).toHaveText('未能保存，文字仍在这里')
  await expect(window.locator('.note-editor').getByRole('alert')).toHaveText(sentence)
  // Also after a look at the other notes of the page, when everything was read from the disk anew.
  await button(window, '返回本版笔记').click()
  await row(window, '原话').click()
  await expect(comment).toHaveValue(`原话${words}`)
  await comment.focus()
  await window.keyboard.press('Control+a')
  await window.keyboard.press('Control+c')
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(`原话${words}`)
}

test('on a full disk what is written stays, and is saved when there is room', async ({ start, folder }) => {
  const { profile, notes } = profileWithNote(folder)
  const words = onSmallDisk(notes, 4 << 20)
  test.skip(words.length === 0, 'this machine lets nobody make a disk of its own')
  const executable = join(folder, 'electron-with-small-disk')
  const quoted = [...words, process.env['BANMIAN_ELECTRON']!].map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
  writeFileSync(executable, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`, { mode: 0o755 })
  const running = await start([sampleArchive()], { profile, executable })
  const window = await openNote(running)

  const filler = join(notes, 'filler')
  await running.app.evaluate(
    (_electron, [disk, file]) => {
      const { statfsSync, writeFileSync: write } = process.getBuiltinModule('node:fs')
      const { bavail, bsize } = statfsSync(disk)
      write(file, Buffer.alloc(bavail * bsize))
    },
    [notes, filler] as const,
  )
  const long = '长'.repeat(20_000)
  await writeInVain(running, long, /磁盘已满/)

  // It is not said of a note in which nothing was written.
  await button(window, '返回本版笔记').click()
  await row(window, '另一条').click()
  await expect(window.getByRole('textbox', { name: '批注' })).toHaveValue('另一条')
  await expect(window.locator('.saving')).toHaveText('')
  await expect(window.locator('.note-editor').getByRole('alert')).toHaveCount(0)
  await button(window, '返回本版笔记').click()
  await row(window, '原话').click()
  await expect(window.locator('.note-editor').getByRole('alert')).toHaveText(/磁盘已满/)

  // Nor is a correction lost that was written beside its words.
  await goTo(window, window.url().replace(/^[^#]*|\?.*$/g, '') + '?article=100688')
  await selectWords(window, 8, 12)
  await window.locator('.bubble').waitFor()
  await button(window, '校改').click()
  const correction = window.getByLabel('改为')
  await correction.fill(long.slice(1000))
  await correction.press('Enter')
  await expect(window.locator('.bubble').getByRole('alert')).toHaveText(/磁盘已满/)
  await expect(correction).toHaveValue(long.slice(1000))
  await correction.press('Escape')

  await running.app.evaluate((_electron, file) => process.getBuiltinModule('node:fs').rmSync(file), filler)
  await button(window, '再试一次').click()
  await expect(window.locator('.saving')).toHaveText('已保存')
  const found = await window.evaluate(async () => {
    const { banmian } = globalThis as unknown as { banmian: PreloadSurface }
    return banmian.call['annotations']!['find']!({ query: {} })
  })
  expect(found).toMatchObject({
    ok: true,
    value: { notes: expect.arrayContaining([expect.objectContaining({ comment: `原话${long}` })]) },
  })
})

test('in a profile that cannot be written to it is said on opening, and what is written stays', async ({
  start,
  folder,
}) => {
  test.skip(process.getuid?.() === 0, 'root may write everywhere')
  const { profile, notes } = profileWithNote(folder)
  chmodSync(notes, 0o555)
  try {
    const running = await start([sampleArchive()], { profile })
    const window = await openNote(running)
    await expect(window.getByRole('alert').filter({ hasText: '只读' }).first()).toBeVisible()
    await writeInVain(running, '，又一句', /只读/)
    // The window does not close over it without a word; who closes it again means it.
    await window.evaluate(() => globalThis.window.close())
    await expect(window.getByRole('alert').filter({ hasText: '再关一次窗口' })).toBeVisible()
  } finally {
    chmodSync(notes, 0o755)
  }
})
