// Pictures of the playground, for people: those of the README, or all sizes and colours.
//
// CHROMIUM=path SERVICE=http://127.0.0.1:8080 node tests/playground/screenshots.mjs FOLDER [--all]
import { join } from 'node:path'
import { close, open } from './browser.mjs'

const [folder, all] = process.argv.slice(2)
const desk = { viewport: { width: 1200, height: 970 } }
const phone = { viewport: { width: 360, height: 720 }, deviceScaleFactor: 2, locale: 'zh-CN' }

async function take(name, options, failure, isFull = false) {
  const { page, close } = await open(`${process.env.SERVICE}/playground`, options)
  const press = async (selector) => {
    await page.locator(selector).click()
    await page.locator('body:not(.busy)').waitFor()
  }
  await press('#login')
  await press('#phone-number')
  if (failure) await press(`[data-failure=${failure}]`)
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: isFull })
  await close()
}

await take('playground', desk, 'expired')
await take('playground-phone', phone)
if (all) {
  for (const colorScheme of ['light', 'dark']) {
    await take(`desk-${colorScheme}`, { ...desk, colorScheme }, 'rotated', true)
    await take(`phone-${colorScheme}`, { ...phone, colorScheme }, 'expired', true)
  }
}
await close()
