import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { violations } from './axe.ts'
import { hand, touch } from './fingers.ts'
import { kioskScreens } from './kiosk-screens.ts'
import { ask, kioskBase, staffPin, startKiosk } from './kiosk.ts'
import { endSentence, giveVoice, heardIn } from './own-voice.ts'
import { button, goTo } from './steps.ts'

/** Coming and going at the reading-room screen, the staff's corner, and the ways without a finger. */

async function wake(window: Page): Promise<void> {
  await window.locator('.attract').click({ position: { x: 300, y: 300 } })
  await window.locator('.start .cover-card').first().waitFor()
}

test('who has gone is asked, and what they left is gone with them', async ({ start, folder }) => {
  const { app, window } = await startKiosk(start, folder, { idleSeconds: 3, warningSeconds: 9 })
  const { session } = await hand(window)
  await wake(window)
  await button(window, 'English').click()
  await button(window, 'Large text').click()
  const asked = window.getByRole('dialog', { name: 'Are you still there?' })
  await expect(asked).toBeVisible()
  await expect(asked.locator('strong')).toHaveText(/^[1-9]$/)
  // The finger stays down until the question has gone: what appears under it was not meant.
  const card = (await window.locator('.start .cover-card').first().boundingBox())!
  await window.evaluate(() =>
    addEventListener(
      'pointerdown',
      ({ target }) =>
        (document.body.dataset['pressed'] = (target as Element).closest('dialog') ? 'question' : 'screen'),
      { capture: true },
    ),
  )
  // A question that goes by itself in this very moment would prove nothing.
  await expect(async () => {
    await expect(asked).toBeVisible()
    await touch(session, 'touchStart', [{ x: card.x + 8, y: card.y + card.height / 2 }])
    const pressed = await window.evaluate(() => document.body.dataset['pressed'])
    if (pressed !== 'question') await touch(session, 'touchCancel', [])
    expect(pressed).toBe('question')
  }).toPass()
  await expect(asked).toBeHidden()
  await touch(session, 'touchEnd', [])
  await window.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await expect(window.locator('.start')).toBeVisible()

  const next = app.waitForEvent('window')
  await expect(asked).toBeVisible()
  const fresh = await next
  await expect(fresh.locator('.attract')).toBeVisible()
  await wake(fresh)
  await expect(fresh.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(fresh.locator('html')).not.toHaveAttribute('data-size', 'large')
  await button(fresh, '结束').click()
  const last = app.waitForEvent('window')
  await button(fresh, '结束并清除').click()
  await expect((await last).locator('.attract')).toBeVisible()
})

test('a long press in the corner asks for the PIN, and the right one opens the staff’s screen', async ({
  start,
  folder,
}) => {
  const { app, window } = await startKiosk(start, folder)
  const { session } = await hand(window)
  await window.locator('.attract').waitFor()
  const corner = [{ x: 8, y: 20 }]
  await touch(session, 'touchStart', corner)
  const pad = window.getByRole('dialog', { name: '工作人员密码' })
  await expect(pad).toBeVisible()
  await touch(session, 'touchEnd', [])
  await expect(window.locator('.attract'), 'the long press wakes nobody').toBeVisible()
  const enter = async (pin: string) => {
    for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click()
    await pad.getByRole('button', { name: '确定' }).click()
  }
  await enter('1111')
  await expect(pad.getByRole('alert')).not.toBeEmpty()
  await enter(staffPin)
  await expect(window.getByRole('heading', { name: '运行状态' })).toBeVisible()
  await expect(window.getByRole('row', { name: /^累计/ })).toBeVisible()
  await expect(window.getByRole('button', { name: /开放$/ }), 'the only archive stays').toBeDisabled()
  expect(await violations(window)).toEqual([])
  const closed = app.waitForEvent('close')
  await button(window, '退出程序…').click()
  await button(window, '确认退出程序').click()
  await closed
})

test('real keys do all that a finger does, and see no keys on the screen', async ({ start, folder }) => {
  const { window } = await startKiosk(start, folder)
  const { keyboard } = window
  await window.locator('.attract').waitFor()
  await keyboard.press('Enter')
  await window.locator('.start .cover-card').first().waitFor()
  const base = await kioskBase(window)

  await goTo(window, '#/search')
  const field = window.getByRole('textbox')
  await expect(field).toBeFocused()
  await expect(window.locator('.on-screen-keyboard')).toBeVisible()
  await keyboard.type('chanye', { delay: 20 })
  await expect(window.locator('.on-screen-keyboard')).toBeHidden()
  await expect(window.locator('.candidate-bar li').first()).toContainText('产业')
  await keyboard.press('Space')
  await expect(field).toHaveValue('产业')
  await keyboard.press('Enter')
  await expect(window.locator('.found mark').first()).toHaveText('产业')
  // Traditional characters are offered where the interface is set in them.
  await button(window, '繁體').click()
  await field.focus()
  await keyboard.press('End')
  await keyboard.type("'guojia", { delay: 20 })
  await expect(window.locator('.candidate-bar li').first()).toContainText('國家')
  await keyboard.press('Escape')

  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p1`)
  await window.locator('.zone').first().waitFor({ state: 'attached' })
  await keyboard.press('ArrowRight')
  await expect(window.locator('.page-strip [aria-current]')).toHaveText('02')
  await window.locator('.zone').first().focus()
  await keyboard.press('Enter')
  await expect(window.locator('.article-sheet h2')).toBeFocused()
  await giveVoice(window, [{ name: 'Tingting', lang: 'zh-CN', localService: true }])
  await button(window, '朗讀').click()
  await expect.poll(() => heardIn(window)).toHaveLength(1)
  const headline = await window.locator('.article-sheet h2').textContent()
  expect((await heardIn(window))[0]).toMatchObject({ text: headline, voice: 'Tingting' })
  await endSentence(window)
  await expect.poll(() => heardIn(window)).toHaveLength(2)
  await button(window, '停止朗讀').click()
  await expect(button(window, '朗讀')).toBeVisible()
  await keyboard.press('Escape')
  await expect(window.locator('.article-sheet')).toBeHidden()
  await keyboard.press('F1')
  await expect(window.locator('.help')).toBeVisible()
})

test('axe finds nothing wrong on any of its screens, in paper and in high contrast', async ({ start, folder }) => {
  test.setTimeout(180_000)
  const { window } = await startKiosk(start, folder)
  await window.locator('.attract img').first().waitFor()
  const base = await kioskBase(window)
  for (const { name, show, leave } of kioskScreens) {
    await show(window, base)
    for (const theme of ['light', 'contrast']) {
      await ask(window, 'settings', 'change', { theme })
      await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
      expect.soft(await violations(window), `${name}, ${theme}`).toEqual([])
    }
    await leave?.(window)
  }
})
