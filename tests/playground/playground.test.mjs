// Everything that a visitor of /playground can do, on a phone and on a desk.
//
// CHROMIUM=path SERVICE=http://127.0.0.1:8080 node --test playground.test.mjs
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { close, open } from './browser.mjs'

after(close)

const URL = `${process.env.SERVICE}/playground`

/** What each experiment ends in: a code and its action, or success. */
const EXPERIMENTS = {
  expired: ['code_invalid', 'relogin'],
  twice: ['code_already_used', 'relogin'],
  used: ['code_already_used', 'relogin'],
  frequent: ['wechat_rate_limited', 'relogin'],
  secret: ['wechat_app_misconfigured', 'contact_support'],
  slow: null,
  silent: ['wechat_unavailable', 'relogin'],
  down: ['wechat_unavailable', 'relogin'],
  rotated: ['session_key_stale', 'relogin'],
}

/** The page with verbs for what people do. */
async function visit(options) {
  const { page, check, close } = await open(URL, options)
  // Whatever is good for something, and must not be shown.
  const secrets = new Set()
  page.on('response', async (response) => {
    if (!/\/v1\/(login|token\/refresh)|\/sandbox\/(code|phone)/.test(response.url())) return
    const body = await response.json()
    for (const name of ['access_token', 'refresh_token', 'code', 'encrypted_data']) {
      if (body[name] && !body.action) secrets.add(body[name])
    }
  })
  const idle = () => page.locator('body:not(.busy)').waitFor()
  return {
    page,
    check,
    close,
    secrets,
    press: async (selector) => {
      await page.locator(selector).click()
      await idle()
    },
    text: (selector) => page.locator(selector).innerText(),
    says: (words) => page.locator('#toast', { hasText: words }).waitFor(),
    steps: () => page.locator('#sequence > li').allInnerTexts(),
  }
}

for (const [name, viewport, user, words] of [
  ['a phone', { width: 360, height: 740 }, 'alice', { locale: 'zh-CN', login: '微信登录', new: '这是一个新账号' }],
  ['a desk', { width: 1280, height: 900 }, 'bob', { locale: 'en-GB', login: 'Log in with WeChat', new: 'with a new account' }],
]) {
  test(`on ${name}`, async (t) => {
    const { page, ...visitor } = await visit({ viewport, locale: words.locale })
    const { press, text, says, steps, check, secrets } = visitor
    // Nobody whom an earlier run knows.
    await page.locator('#user').fill(`${user}-${process.pid}-${Date.now()}`)

    await t.test('a login shows account, session, token and every call', async () => {
      assert.equal(await text('#login'), words.login)
      await press('#login')
      await says(words.new)
      assert.match(await text('#account'), /o[A-Za-z0-9_-]{27}/)
      assert.equal(await page.locator('#sessions li').count(), 1)
      assert.match(await text('#token'), /wx0000000000000001/)
      const all = (await steps()).join('\n')
      for (const call of ['wx.login()', 'POST /v1/login', 'GET jscode2session', 'GET /v1/me/sessions']) {
        assert.ok(all.includes(call), `${call} in ${all}`)
      }
      const order = ['wx.login()', 'POST /v1/login', 'GET jscode2session', 'GET /v1/me/sessions'].map((call) => all.indexOf(call))
      assert.deepEqual(order, [...order].sort((one, other) => one - other))
    })

    await t.test('a tap gives the phone number', async () => {
      await press('#phone-number')
      assert.match(await text('#account'), /\+86\d{11}/)
      assert.ok((await steps()).some((step) => step.includes('POST getuserphonenumber')))
    })

    await t.test('a refresh gives other tokens', async () => {
      const before = await text('#token')
      await press('#refresh')
      assert.match(await text('#result'), /HTTP 200/)
      assert.notEqual(await text('#token'), before)
    })

    for (const [failure, ends] of Object.entries(EXPERIMENTS)) {
      await t.test(`trouble: ${failure}`, async () => {
        await press(`[data-failure=${failure}]`)
        const result = await text('#result')
        if (!ends) {
          assert.match(result, /HTTP 200/)
          return
        }
        const [code, action] = ends
        assert.match(result, new RegExp(`\\b${code}\\b`))
        assert.match(result, new RegExp(`\\b${action}\\b`))
        assert.ok((await text('#result .remedy p')).length > 20, 'the remedy is said in words')
        assert.equal(await page.locator('#remedy').count(), action === 'relogin' ? 1 : 0)
      })
    }

    await t.test('the remedy works', async () => {
      assert.match(await text('#result'), /session_key_stale/)
      await press('#remedy')
      assert.match(await text('#result'), /HTTP 200/)
      assert.match(await text('#account'), /\+86\d{11}/)
    })

    await t.test('a code that was sent twice goes to WeChat once', async () => {
      await press('#clear')
      await press('[data-failure=twice]')
      const calls = (await steps()).filter((step) => step.includes('GET jscode2session'))
      assert.equal(calls.length, 1)
    })

    await t.test('the language changes everywhere, and problems stay as they came', async () => {
      const title = await text('#result .verdict')
      for (const [language, login] of [['en', 'Log out'], ['zh-CN', '退出登录'], [words.locale.slice(0, 2) === 'en' ? 'en' : 'zh-CN', '']]) {
        await press(`[data-language=${language}]`)
        assert.equal(await page.locator('html').getAttribute('lang'), language)
        assert.ok((await text('#logout')).includes(login))
        assert.equal(await text('#result .verdict'), title)
      }
      assert.equal((await page.locator('body').innerText()).includes('undefined'), false)
    })

    await t.test('the keyboard reaches the buttons, and shows where it is', async () => {
      const reached = new Set()
      await page.locator('h1').click()
      for (let tab = 0; tab < 60; tab += 1) {
        await page.keyboard.press('Tab')
        const focused = await page.evaluate(() => {
          const { id, dataset, tagName } = document.activeElement
          const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
          const isShown = tagName === 'BODY' || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0)
          return { name: id || dataset.failure || dataset.language || tagName, isShown }
        })
        assert.ok(focused.isShown, `${focused.name} shows that it has the focus`)
        reached.add(focused.name)
      }
      for (const name of ['en', 'phone-number', 'refresh', 'logout', 'cancel', 'expired', 'rotated', 'sequence', 'clear', 'result']) {
        assert.ok(reached.has(name), `${name} is reached: ${[...reached]}`)
      }
    })

    await t.test('another session is ended, and this one logs out', async () => {
      const before = await page.locator('#sessions li').count()
      assert.ok(before > 1)
      await press('#sessions button >> nth=0')
      assert.equal(await page.locator('#sessions li').count(), before - 1)
      await press('#logout')
      assert.ok(await page.locator('#login').isVisible())
      assert.equal(await page.evaluate(() => document.activeElement.id), 'login')
    })

    await t.test('a cancelled account is another one at the next login', async () => {
      await press('#login')
      const before = await text('#account')
      await page.locator('#cancel').click()
      await press('#confirm [value=no]')
      assert.equal(await text('#account'), before)
      await page.locator('#cancel').click()
      await page.locator('#confirm [value=yes]').click()
      await page.locator('#login').waitFor()
      await press('#login')
      await says(words.new)
    })

    await t.test('nothing that is good for something is shown', async () => {
      const page_text = await page.evaluate(() => document.documentElement.textContent)
      assert.ok(secrets.size > 10)
      for (const secret of secrets) assert.ok(!page_text.includes(secret), secret)
    })

    await t.test('nothing jumps, nothing is cut off, nothing complains', async () => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(width <= viewport.width, `${width} is wider than ${viewport.width}`)
      assert.deepEqual(await page.evaluate(() => globalThis.shifts), [])
      await check()
    })
    await visitor.close()
  })
}
