// Everything that a visitor of /playground can do, on a phone and on a desk.
//
// CHROMIUM=path SERVICE=http://127.0.0.1:8080 node --test playground.test.mjs
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { HOST, close, open } from './browser.mjs'
import { texts } from './texts.mjs'

after(close)

const URL = `${process.env.SERVICE}/playground`

/** The stand-in, without a browser. */
async function platform(method, path, body) {
  const response = await fetch(`${URL}/platform/sandbox/${path}`, { method, body: body && JSON.stringify(body) })
  assert.equal(response.status, 200)
  return response.json()
}

/** What wxlogin says once a token's time and half a minute more are over: too long to wait for. */
const EXPIRED = {
  status: 401,
  contentType: 'application/problem+json',
  json: {
    type: '/problems/token_expired',
    title: 'The access token has expired',
    status: 401,
    detail: 'Exchange the refresh_token for new tokens, then send the request again.',
    code: 'token_expired',
    action: 'refresh',
    retryable: true,
    request_id: '019c0553-d4d0-7000-8000-000000000009',
  },
}

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
  const readings = []
  const read = async (response) => {
    const body = await response.json()
    for (const name of ['access_token', 'refresh_token', 'code', 'encrypted_data', 'iv', 'session_key']) {
      if (body[name] && !body.action) secrets.add(body[name])
    }
  }
  page.on('response', (response) => {
    if (/\/v1\/(login|token\/refresh)|\/sandbox\/(code|phone)/.test(response.url())) readings.push(read(response))
  })
  const hidesSecrets = async () => {
    await Promise.all(readings)
    const shown = await page.evaluate(() => {
      const inputs = [...document.querySelectorAll('input')].map(({ value }) => value)
      return [document.documentElement.textContent, ...inputs].join('\n')
    })
    for (const secret of secrets) assert.ok(!shown.includes(secret), secret)
  }
  // Where the parts of the page are that must stay there.
  const places = () =>
    page.evaluate(() =>
      ['.phone', '#sequence', '#result'].map((part) => {
        const { x, y, width, height } = document.querySelector(part).getBoundingClientRect()
        return [part, x + scrollX, y + scrollY, width, height].join(' ')
      }),
    )
  const click = async (selector) => {
    await page.locator(selector).click()
    await page.locator('body:not(.busy)').waitFor()
    await hidesSecrets()
  }
  return {
    page,
    check,
    close,
    secrets,
    press: async (selector) => {
      const before = await places()
      await click(selector)
      assert.deepEqual(await places(), before)
    },
    // Words of another language may take another room.
    speak: (language) => click(`[data-language=${language}]`),
    focused: () => page.evaluate(() => document.activeElement.id || document.activeElement.className),
    later: (seconds) => page.clock.setFixedTime(Date.now() + seconds * 1000),
    text: (selector) => page.locator(selector).innerText(),
    says: (words) => page.locator('#toast', { hasText: words }).waitFor(),
    steps: () => page.locator('#sequence > li').allInnerTexts(),
  }
}

for (const [where, viewport, user, words] of [
  ['a phone', { width: 360, height: 740 }, 'alice', { locale: 'zh-CN', login: '微信登录', new: '这是一个新账号', texts: texts('chinese') }],
  ['a desk', { width: 1280, height: 900 }, 'bob', { locale: 'en-GB', login: 'Log in with WeChat', new: 'with a new account', texts: texts('english') }],
]) {
  test(`on ${where}`, async (t) => {
    const { page, ...visitor } = await visit({ viewport, locale: words.locale })
    const { press, speak, text, says, steps, focused, later, check, secrets } = visitor
    // Nobody whom an earlier run knows.
    const name = `${user}.${process.pid}-${Date.now()}`

    await t.test('nobody can be called anything', async () => {
      await page.locator('#user').fill('no name')
      for (const button of ['#login', '[data-failure=expired]']) await press(button)
      assert.deepEqual(await steps(), [])
      await page.locator('#user').fill(name)
    })

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

    await t.test('an expired access token is refreshed, and nobody has to log in', async () => {
      await page.route('**/v1/me/phone', (route) => route.fulfill(EXPIRED), { times: 1 })
      await press('#phone-number')
      assert.match(await text('#result'), /\btoken_expired\b/)
      assert.ok(await page.locator('#logout').isVisible())
      assert.equal(await text('#remedy'), words.texts.does.refresh)
      await press('#remedy')
      await says(words.texts.refreshed)
      assert.equal(await focused(), 'result')
      await press('#phone-number')
      await says(words.texts.phone_bound)
    })

    await t.test('somebody else’s faults stay', async () => {
      await platform('POST', 'fault', { endpoint: 'checksession', errcode: -1 })
      await press('[data-failure=used]')
      const { steps: armed } = await platform('GET', 'fault')
      assert.deepEqual(armed.map(({ api }) => api), ['checksession'])
      await platform('DELETE', 'fault', { endpoint: 'checksession' })
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
        assert.equal(await page.locator('#result .remedy p').first().innerText(), words.texts.remedies[action])
        assert.equal(await page.locator('#remedy').count(), action === 'relogin' ? 1 : 0)
      })
    }

    await t.test('the remedy works', async () => {
      assert.match(await text('#result'), /session_key_stale/)
      await press('#remedy')
      assert.match(await text('#result'), /HTTP 200/)
      assert.match(await text('#account'), /\+86\d{11}/)
      assert.equal(await focused(), 'result')
    })

    await t.test('calls of others are not in the picture, and a stand-in that begins anew is followed', async () => {
      const calls = async () => (await steps()).filter((step) => step.includes('GET jscode2session')).length
      const before = await calls()
      const { code } = await platform('POST', 'code', { user: name })
      const headers = { 'Content-Type': 'application/json' }
      await fetch(`${process.env.SERVICE}/v1/login`, { method: 'POST', headers, body: JSON.stringify({ code }) })
      const journal = '**/sandbox/journal'
      await press('#refresh')
      await page.route(journal, (route) => route.fulfill({ json: { requests: [{ number: 1_000_000 }] } }))
      await press('#refresh')
      await page.unroute(journal)
      assert.equal(await calls(), before)
      await press('[data-failure=expired]')
      assert.equal(await calls(), before + 1)
    })

    await t.test('a code that was sent twice goes to WeChat once', async () => {
      await press('#clear')
      await press('[data-failure=twice]')
      const calls = (await steps()).filter((step) => step.includes('GET jscode2session'))
      assert.equal(calls.length, 1)
    })

    await t.test('what WeChat asks to wait for is waited for', async () => {
      await press('[data-failure=frequent]')
      assert.equal(await text('#wait'), words.texts.wait_first(60))
      const before = await steps()
      await press('#remedy')
      await says(new RegExp(words.texts.wait_first('\\d+')))
      assert.deepEqual(await steps(), before)
      await later(61)
      await press('#remedy')
      await says(words.texts.logged_in)
    })

    await t.test('a phone number that did not come is asked for with another tap', async () => {
      await platform('POST', 'fault', { endpoint: 'getuserphonenumber', http_status: 502, times: 1 })
      await press('#phone-number')
      assert.match(await text('#result'), /\bwechat_unavailable\b/)
      assert.equal(await text('#remedy'), words.texts.does.tap)
      await later(180)
      await press('#remedy')
      await says(words.texts.phone_bound)
    })

    await t.test('the language changes everywhere, and problems stay as they came', async () => {
      const title = await text('#result .verdict')
      for (const [language, login] of [['en', 'Log out'], ['zh-CN', '退出登录'], [words.locale.slice(0, 2) === 'en' ? 'en' : 'zh-CN', '']]) {
        await speak(language)
        assert.equal(await page.locator('html').getAttribute('lang'), language)
        assert.ok((await text('#logout')).includes(login))
        assert.equal(await text('#result .verdict'), title)
      }
      assert.equal((await page.locator('body').innerText()).includes('undefined'), false)
    })

    await t.test('the keyboard reaches the buttons, and shows where it is', async () => {
      const reached = new Set()
      await page.locator('h1').click()
      for (let tab = 0; tab < 200 && !reached.has('token'); tab += 1) {
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
      const other = page.locator('#sessions li:has(button)').first()
      const label = await other.locator('button').getAttribute('aria-label')
      assert.equal(label, `${words.texts.end_session}: ${await other.locator('span').innerText()}`)
      await press('#sessions button >> nth=0')
      assert.equal(await page.locator('#sessions li').count(), before - 1)
      assert.ok(['small', 'screen'].includes(await focused()), await focused())
      await press('#logout')
      assert.ok(await page.locator('#login').isVisible())
      assert.equal(await focused(), 'login')
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

    await t.test('nothing jumps, nothing is cut off, nothing complains', async () => {
      assert.ok(secrets.size > 10, 'each press has looked for them')
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(width <= viewport.width, `${width} is wider than ${viewport.width}`)
      assert.deepEqual(await page.evaluate(() => globalThis.shifts), [])
      await check()
    })
    await visitor.close()
  })
}

test('whoever cannot be reached is named', async () => {
  const english = texts('english')
  const here = await visit()
  await here.page.route('**/v1/login', (route) => route.abort())
  await here.press('#login')
  await here.says(english.unreachable)
  await here.close()

  const { page, close } = await open(URL.replace('127.0.0.1', HOST))
  await page.locator('#login').click()
  await page.locator('#toast', { hasText: english.only_here }).waitFor()
  await close()
})
