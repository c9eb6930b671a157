import type { Page } from 'playwright'

/** From the archive to a word on its page, as a reader goes. Throws at the first step that does not come. */
export async function mainJob(window: Page): Promise<void> {
  window.setDefaultTimeout(45_000)
  await window.waitForURL(/#\/a\/[0-9a-f]{16}/)
  const base = /#\/a\/[0-9a-f]{16}/.exec(window.url())?.[0] ?? ''
  const goTo = (place: string) => window.evaluate(`location.hash = ${JSON.stringify(place)}`)

  await goTo('#/')
  await window.locator('.card h2 a').first().click()
  await window.waitForURL(/#\/a\//)
  await goTo(`${base}/i/jcrb/2013-01-10/1`)
  await window.locator('main ol li img').first().waitFor()
  await window.locator('main ol li a').first().click()
  await window.waitForURL(/\/r\//)
  await window.locator('.openseadragon-canvas canvas').first().waitFor()
  await window.locator('[role=link]').first().focus()
  await window.keyboard.press('Enter')
  await window.locator('aside.article-pane p').first().waitFor()

  await window.keyboard.press('/')
  await window.keyboard.type('产业集聚区')
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/search/)
  await window.locator('mark').first().waitFor()
}
