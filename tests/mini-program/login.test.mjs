// The module `login.js` of docs/mini-program.md, as it stands there, in made-up surroundings.
//
// LOGIN_JS=path node --test login.test.mjs
import assert from 'node:assert/strict'
import test from 'node:test'
import { LOST, bearerOf, good, problem, stored, tokens, world } from './world.mjs'

const source = process.env.LOGIN_JS
const start = (server, before) => world(source, server, before)
const times = (count, work) => Promise.all(Array.from({ length: count }, work))
const me = (app) => app.api.request({ url: '/v1/me' })

/** A server by path; what is not named there is good, with any token. */
const server = (paths) => (call) => (paths[call.path] ? paths[call.path](call) : good())
/** Refuses the token of before, and takes any newer one. */
const newerOnly = (refusal) => (call) => (bearerOf(call) === 'old' ? refusal : good())
const expired = problem(401, 'token_expired', 'refresh')

/** Answers the first time so, and later so. */
const firstThen = (first, later) => {
  let asked = 0
  return () => ((asked += 1) === 1 ? first : later())
}

test('fifty requests without tokens make one login', async () => {
  const app = start(server({ '/v1/login': tokens, '/v1/me': (call) => good(bearerOf(call)) }))
  const answers = await times(50, () => me(app))
  assert.equal(app.codes(), 1)
  assert.equal(app.count('/v1/login'), 1)
  assert.equal(new Set(answers).size, 1)
  assert.ok(!('account' in app.storage.wxlogin), 'personal data are not kept on the phone')
})

test('fifty requests with an expired token make one refresh', async () => {
  const refresh = (call) => {
    assert.equal(call.data.refresh_token, 'old-refresh')
    return tokens()
  }
  const app = start(server({ '/v1/token/refresh': refresh, '/v1/me': newerOnly(expired) }), stored())
  assert.deepEqual(await times(50, () => me(app)), Array(50).fill('good'))
  assert.equal(app.count('/v1/token/refresh'), 1)
  assert.equal(app.codes(), 0)
  assert.equal(app.count('/v1/me'), 100)
  await me(app)
  assert.equal(app.count('/v1/token/refresh'), 1)
})

test('tokens are refreshed ahead of time, and the old one does where that fails', async () => {
  const refresh = () => problem(503, 'store_unavailable', 'retry', 60)
  const app = start(
    server({ '/v1/token/refresh': refresh, '/v1/me': (call) => good(bearerOf(call)) }),
    stored({ renew_at: -1 }),
  )
  assert.equal(await me(app), 'old')
  assert.equal(await me(app), 'old')
  assert.equal(app.count('/v1/token/refresh'), 1)
})

test('a dead refresh token leads to a login', async () => {
  const app = start(
    server({
      '/v1/token/refresh': () => problem(401, 'refresh_token_reused', 'relogin'),
      '/v1/login': tokens,
      '/v1/me': newerOnly(expired),
    }),
    stored(),
  )
  assert.equal(await me(app), 'good')
  assert.equal(app.count('/v1/token/refresh'), 1)
  assert.equal(app.count('/v1/login'), 1)
})

test('a session that has ended is not refreshed', async () => {
  const revoked = problem(401, 'session_revoked', 'relogin')
  const app = start(server({ '/v1/login': tokens, '/v1/me': newerOnly(revoked) }), stored())
  assert.deepEqual(await times(3, () => me(app)), Array(3).fill('good'))
  assert.equal(app.count('/v1/token/refresh'), 0)
  assert.equal(app.count('/v1/login'), 1)
})

test('a request is replayed once at the most', async () => {
  const app = start(server({ '/v1/token/refresh': tokens, '/v1/me': () => expired }), stored())
  await assert.rejects(me(app), { code: 'token_expired' })
  assert.equal(app.count('/v1/me'), 2)
})

test('the 401 of a backend needs no problem document', async () => {
  const orders = 'https://api.example.com/orders'
  const refused = { status: 401, body: 'no' }
  const app = start(server({ '/v1/token/refresh': tokens, [orders]: newerOnly(refused) }), stored())
  assert.equal(await app.api.request({ url: orders }), 'good')
})

test('Retry-After is honoured, where a page need not wait for long', async () => {
  const soon = problem(429, 'rate_limited', 'retry', 3)
  const app = start(server({ '/v1/me': firstThen(soon, () => good()) }), stored())
  assert.equal(await me(app), 'good')
  assert.ok(app.calls[1].at - app.calls[0].at >= 3000)

  const late = start(server({ '/v1/me': () => problem(429, 'rate_limited', 'retry', 30) }), stored())
  await assert.rejects(me(late), { retryAfter: 30 })
  assert.equal(late.calls.length, 1)
})

test('a login that WeChat failed is tried again with a new code, when the answer says', async () => {
  const failed = problem(503, 'wechat_unavailable', 'relogin', 2)
  const app = start(server({ '/v1/login': firstThen(failed, tokens) }))
  assert.equal(await me(app), 'good')
  const logins = app.calls.filter((call) => call.path === '/v1/login')
  assert.deepEqual(
    logins.map((call) => call.data.code),
    ['code-1', 'code-2'],
  )
  assert.ok(logins[1].at - logins[0].at >= 2000)
})

test('whoever is told to stay away for long does', async () => {
  const app = start(() => problem(503, 'wechat_quota_exhausted', 'relogin', 3600))
  for (let again = 0; again < 5; again += 1) {
    await assert.rejects(me(app), { code: 'wechat_quota_exhausted' })
  }
  assert.equal(app.calls.length, 1)
  assert.equal(app.codes(), 1)
})

test('a login is not repeated for ever', async () => {
  const app = start(() => problem(400, 'code_invalid', 'relogin'))
  await assert.rejects(me(app), { code: 'code_invalid' })
  assert.equal(app.count('/v1/login'), 2)
})

test('what no program can mend is thrown at once', async () => {
  for (const [status, code, action] of [
    [403, 'account_suspended', 'contact_support'],
    [400, 'invalid_request', 'fix_request'],
    [422, 'phone_code_invalid', 'retry'],
    [409, 'session_key_stale', 'relogin'],
  ]) {
    const app = start(() => problem(status, code, action), stored())
    await assert.rejects(app.api.request({ url: '/v1/me/phone', method: 'PUT' }), { code })
    assert.equal(app.calls.length, 1, code)
  }
})

test('a refresh whose answer was lost is repeated with the same token', async () => {
  const app = start(
    server({ '/v1/token/refresh': firstThen(LOST, tokens), '/v1/me': newerOnly(expired) }),
    stored(),
  )
  assert.equal(await me(app), 'good')
  const refreshes = app.calls.filter((call) => call.path === '/v1/token/refresh')
  assert.deepEqual(
    refreshes.map((call) => call.data.refresh_token),
    ['old-refresh', 'old-refresh'],
  )
})

test('a request whose answer was lost is not repeated: it may have been carried out', async () => {
  const app = start(() => LOST, stored())
  await assert.rejects(me(app), { code: 'network', status: 0 })
  assert.equal(app.calls.length, 1)
})

test('PATCH travels as POST', async () => {
  const app = start((call) => good([call.method, call.header['X-HTTP-Method-Override']]), stored())
  const sent = await app.api.request({ url: '/v1/me', method: 'PATCH', data: { nickname: 'A' } })
  assert.deepEqual(sent, ['POST', 'PATCH'])
})

test('a login with a phone proof is made with the code that is given, and once', async () => {
  const app = start(() => problem(422, 'phone_code_invalid', 'retry'))
  await assert.rejects(app.api.login({ phone_code: 'p' }), { code: 'phone_code_invalid' })
  await assert.rejects(app.api.login({ code: 'early', encrypted_data: 'e', iv: 'i' }))
  assert.deepEqual(
    app.calls.map((call) => call.data.code),
    ['code-1', 'early'],
  )
  assert.equal(app.codes(), 1)
})

test('after a logout nobody is let in until somebody logs in', async () => {
  const app = start(
    server({ '/v1/login': tokens, '/v1/token/refresh': tokens, '/v1/logout': () => ({ status: 204, body: '' }) }),
    stored({ renew_at: -1 }),
  )
  const logout = app.api.logout()
  const meanwhile = me(app).then(
    () => 'let in',
    (error) => error.code,
  )
  await logout
  assert.equal(await meanwhile, 'logged_out')
  await assert.rejects(me(app), { code: 'logged_out' })
  const { account } = await app.api.login()
  assert.equal(account.id, 'somebody')
  assert.equal(await me(app), 'good')
})

test('a logout with an expired token refreshes first', async () => {
  const logout = (call) => (bearerOf(call) === 'old' ? expired : { status: 204, body: '' })
  const app = start(server({ '/v1/token/refresh': tokens, '/v1/logout': logout }), stored())
  await app.api.logout(true)
  assert.deepEqual(
    app.calls.map((call) => call.path),
    ['/v1/logout', '/v1/token/refresh', '/v1/logout'],
  )
  assert.deepEqual(app.calls[2].data, { all: true })
  assert.deepEqual(app.storage.wxlogin, { left: true })
})

test('a cancelled account is left', async () => {
  const app = start(() => ({ status: 204, body: '' }), stored())
  await app.api.cancelAccount()
  assert.equal(app.calls[0].method, 'DELETE')
  await assert.rejects(me(app), { code: 'logged_out' })
})

test('a login that failed does not stand in the way of the next', async () => {
  const rejected = problem(502, 'wechat_rejected', 'contact_support')
  const app = start(server({ '/v1/login': firstThen(rejected, tokens) }))
  await assert.rejects(me(app))
  assert.equal(await me(app), 'good')
})
