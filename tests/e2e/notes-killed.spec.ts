import { expect, type Page } from 'playwright/test'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../archive/annotations/annotation-model.ts'
import { noteOf } from '../../archive/annotations/annotation-record.ts'
import { openNoteStore } from '../../archive/annotations/note-store.ts'
import { integrityProblem } from '../../archive/annotations/notes-database.ts'
import { test } from './app.ts'
import { goTo, openArchive } from './steps.ts'

/**
 * The power goes while somebody annotates: whatever the interface called saved is there afterwards. Few moments here;
 * `BANMIAN_KILLS=200 npm run kills` tries as many as one likes.
 */
const moments = Number(process.env['BANMIAN_KILLS'] ?? 2)

/** What was shown as saved: the comment of a note, and whether its tag was too. */
interface Shown {
  comment: string
  tag?: string
}

/** Makes region after region by key, writes and tags each, until the program is gone; keeps what was shown as saved. */
async function annotate(window: Page, name: string, shown: Shown[]): Promise<void> {
  const saved = () => window.locator('.saving[data-saving="saved"]').waitFor()
  for (let count = 0; ; count += 1) {
    await window.keyboard.press('a')
    await window.keyboard.press(count % 2 ? 'ArrowRight' : 'ArrowDown')
    await window.keyboard.press('Enter')
    await window.locator('.note-editor textarea:focus').waitFor()
    const words = `${name}之${count} 值得细读 😀`
    await window.keyboard.insertText(words)
    await saved()
    const one: Shown = { comment: words }
    shown.push(one)
    await window.keyboard.insertText('，又记')
    await saved()
    one.comment += '，又记'
    await window.getByLabel('标签', { exact: true }).focus()
    await window.keyboard.insertText(name)
    await window.keyboard.press('Enter')
    await window.locator('.tag-field .tag').waitFor()
    await saved()
    one.tag = name
    await window.keyboard.press('Escape')
    await window.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  }
}

/** What is on the disk, as the next start of the program finds it; looked at in a copy, so that nothing is mended. */
function onDisk(profile: string, copy: string): JsonObject[] {
  cpSync(join(profile, 'notes'), copy, { recursive: true })
  const store = openNoteStore(copy)
  try {
    expect(store.trouble).toBeUndefined()
    expect(integrityProblem(store.database)).toBeUndefined()
    return store.all()
  } finally {
    store.close()
  }
}

test(`killed at ${moments} random moments, nothing that was shown as saved is lost`, async ({ start, folder }) => {
  // A busy machine takes its time to start the program so often; nothing here depends on it.
  test.setTimeout(30_000 + moments * 90_000)
  const profile = join(folder, 'mine')
  const shown: Shown[] = []
  for (let moment = 0; moment < moments; moment += 1) {
    const { app, window, base } = await openArchive(start, undefined, profile)
    // Each time another page, so that the list beside it stays short.
    await goTo(window, `${base}/r/jcrb/2013-01-10/1/p${1 + (moment % 4)}`)
    await window.locator('.page-link.is-current').waitFor()
    await window.locator('.zone').first().waitFor({ state: 'attached' })
    await expect(window.getByRole('alert')).toHaveCount(0)
    const program = app.process()
    const gone = new Promise((done) => program.once('exit', done))
    const delay = 800 + Math.random() * 5000
    const timer = setTimeout(() => process.kill(-program.pid!, 'SIGKILL'), delay)
    const stopped = await annotate(window, `第${moment}回`, shown).catch((error: unknown) => String(error))
    clearTimeout(timer)
    expect(stopped, 'stopped because the program was gone').toMatch(/closed|crashed|Target/)
    await gone
    const there = onDisk(profile, join(folder, `copy-${moment}`)).flatMap((record) => noteOf(record) ?? [])
    for (const { comment, tag } of shown) {
      const note = there.find((each) => each.comment.startsWith(comment))
      expect(note, `${comment}, after ${Math.round(delay)} ms`).toBeDefined()
      if (tag) expect(note!.tags).toContain(tag)
    }
    if (moment % 10 === 9)
      console.log(`${moment + 1} of ${moments} moments, ${shown.length} notes shown as saved, all there`)
  }
  console.log(`${moments} moments, ${shown.length} notes shown as saved, all there`)
  expect(shown.length).toBeGreaterThan(0)
})
