// The playground of a `wxlogin dev` that works on another WeChat than its own stand-in.
//
// CHROMIUM=path SERVICE=http://127.0.0.1:8080 CODE=code node --test other_wechat.test.mjs
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { close, open } from './browser.mjs'

after(close)

test('it says what does not work, and logs in with a code that is brought along', async () => {
  const { page, check, close } = await open(`${process.env.SERVICE}/playground`, { viewport: { width: 360, height: 740 } })
  assert.match(await page.locator('#real').innerText(), /not the stand-in/)
  for (const part of ['#user', '#trouble']) assert.ok(await page.locator(part).isHidden(), part)

  await page.locator('#code').fill(process.env.CODE)
  await page.locator('#login').click()
  await page.locator('#account', { hasText: 'openid' }).waitFor()
  assert.equal(await page.locator('#code').inputValue(), '', 'a code is good for one login')
  assert.ok(await page.locator('#phone-number').isHidden())
  assert.equal(await page.evaluate(() => document.activeElement.id), 'refresh')

  await page.locator('#logout').click()
  await page.locator('#login').waitFor()
  await check()
  await close()
})
