import { problem } from 'wxlogin-testing/phone'
import { expect, test } from 'vitest'
import { loggedIn, refused } from './world.ts'

test('Retry-After is waited for, where a page need not wait for long', async () => {
  const { phone, kit } = await loggedIn()
  let at = 0
  phone.between = async (_, carry) => {
    if (phone.count('/v1/me') !== 1) return carry()
    at = Date.now()
    return problem(429, 'rate_limited', 'retry', 3)
  }
  await phone.settled(kit.me())
  expect(Date.now() - at).toBeGreaterThanOrEqual(3000)
  expect(phone.count('/v1/me')).toBe(2)
})

test('a long Retry-After is the page’s to tell', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async () => problem(429, 'rate_limited', 'retry', 3600)
  const before = Date.now()
  expect(await refused(phone.settled(kit.me()))).toMatchObject({
    code: 'rate_limited',
    retryAfter: 3600,
    retryable: true,
  })
  expect(Date.now()).toBe(before)
  expect(phone.count('/v1/me')).toBe(1)
})

test('a login that was told to stay away for long does', async () => {
  const { phone, kit } = await loggedIn()
  await phone.settled(kit.logout())
  phone.between = async () => problem(503, 'wechat_quota_exhausted', 'relogin', 3600)
  const before = phone.logins
  for (let tap = 0; tap < 3; tap += 1) {
    expect(await refused(phone.settled(kit.login()))).toMatchObject({
      code: 'wechat_quota_exhausted',
      retryAfter: 3600,
    })
  }
  expect(phone.logins).toBe(before + 1)
})

test('a request whose answer was lost is not repeated: it may have been carried out', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async () => 'lost'
  expect(await refused(phone.settled(kit.me()))).toMatchObject({ code: 'timeout', status: 0 })
  expect(phone.count('/v1/me')).toBe(1)
})

test('what no program can mend is thrown at once, with what was wrong', async () => {
  const { phone, kit } = await loggedIn({ language: 'en' })
  const wrong = await refused(phone.settled(kit.updateMe({ avatar_url: 'wxfile://tmp/a.png' })))
  expect(wrong).toMatchObject({ status: 400, code: 'invalid_request', action: 'fix_request' })
  expect(wrong.errors.map(({ field }) => field)).toEqual(['avatar_url'])
  expect(wrong.requestId).toBeTruthy()
  expect(phone.calls.at(-1)?.header['Accept-Language']).toBe('en')
})

test('people are told in Chinese, unless the mini program speaks English', async () => {
  const { phone, kit } = await loggedIn()
  expect((await refused(phone.settled(kit.bindPhone({ code: '没有' })))).message).toMatch(/\p{Script=Han}/u)
  phone.online = false
  expect((await refused(phone.settled(kit.me()))).message).toBe('网络异常，请检查网络后重试')
})

test('PATCH travels as POST, and the service takes it for what it is', async () => {
  const { phone, kit } = await loggedIn()
  expect(await phone.settled(kit.updateMe({ nickname: '小明' }))).toMatchObject({ nickname: '小明' })
  const sent = phone.calls.at(-1)
  expect([sent?.method, sent?.header['X-HTTP-Method-Override']]).toEqual(['POST', 'PATCH'])
  expect(await phone.settled(kit.updateMe({ nickname: null }))).not.toHaveProperty('nickname')
})

test('the token goes to the service and its backends alone', async () => {
  const { phone, kit } = await loggedIn({ backends: ['https://api.example.com'] })
  const sent = phone.calls.length
  for (const url of ['https://example.org/', 'https://api.example.com.evil.example/', 'http://api.example.com/', 'x']) {
    expect(await refused(kit.request({ url }))).toMatchObject({ code: 'foreign_address', action: 'fix_request' })
  }
  expect(phone.calls).toHaveLength(sent)
})

test('the error of a backend is passed on as it is', async () => {
  const { phone, kit } = await loggedIn({ backends: ['https://api.example.com'] })
  const body = { error: 'sold out' }
  phone.between = async () => ({ status: 409, body })
  const sold = await refused(phone.settled(kit.request({ url: 'https://api.example.com/buy', method: 'POST' })))
  expect(sold).toMatchObject({ status: 409, code: 'http_error', body })
})

test('a request that never ends is given up', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async () => 'hang'
  expect(await refused(phone.settled(kit.request({ url: '/v1/me', timeout: 500 })))).toMatchObject({ code: 'timeout' })
})
