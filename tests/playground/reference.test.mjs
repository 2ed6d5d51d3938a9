// The API reference, under a name that is not this machine's: it is whole, tries calls, and asks nobody else.
//
// CHROMIUM=path SERVICE=http://127.0.0.1:8080 node --test reference.test.mjs
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { HOST, close, open } from './browser.mjs'

after(close)

const { SERVICE } = process.env
const named = SERVICE.replace('127.0.0.1', HOST)

const post = async (path, body) => {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${SERVICE}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json()
}

for (const width of [360, 1280]) {
  test(`at ${width} px`, async () => {
    const { page, check, close } = await open(`${named}/docs`, { viewport: { width, height: 900 } })
    await page.locator('.opblock').first().waitFor()
    const document = await (await fetch(`${SERVICE}/openapi.json`)).json()
    const operations = Object.values(document.paths).flatMap(Object.keys)
    assert.equal(await page.locator('.opblock').count(), operations.length)

    const { code } = await post('/playground/platform/sandbox/code', { user: `reader-${width}` })
    const { access_token: token, account } = await post('/v1/login', { code })
    await page.locator('.btn.authorize').click()
    await page.locator('.auth-container input').first().fill(token)
    await page.locator('.auth-container .btn.authorize').first().click()
    await page.locator('.btn-done').first().click()
    const me = page.locator('#operations-Account-getMe')
    await me.locator('.opblock-summary').click()
    await me.locator('.try-out__btn').click()
    await me.locator('.execute').click()
    await me.locator('.live-responses-table', { hasText: account.id }).waitFor()
    await check()
    await close()
  })
}
