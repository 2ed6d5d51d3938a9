import { Phone } from 'wxlogin-testing/phone'
import { answered, operate, service, standIn } from 'wxlogin-testing/service'
import { expect, test, vi } from 'vitest'
import { createWxlogin } from '../src/index.ts'
import { launch, loggedIn, refused, stored, times } from './world.ts'

test('fifty requests without tokens make one login', async () => {
  const before = await answered('/v1/login')
  const phone = new Phone()
  const kit = launch(phone)
  const accounts = await phone.settled(times(50, () => kit.me()))
  expect(new Set(accounts.map(({ id }) => id)).size).toBe(1)
  expect(phone.logins).toBe(1)
  expect(await answered('/v1/login')).toBe(before + 1)
})

test('only tokens are stored: nothing of the account, and no code', async () => {
  const { phone } = await loggedIn()
  expect(Object.keys(stored(phone).tokens).sort()).toEqual(['access_token', 'expires_in', 'from', 'refresh_token'])
})

test('a launch with tokens needs no network', async () => {
  const { phone, kit } = await loggedIn()
  const { id } = await phone.settled(kit.me())
  const later = phone.relaunched()
  later.online = false
  const again = launch(later)
  await later.settled(again.ready())
  expect(await refused(later.settled(again.me()))).toMatchObject({ code: 'network', status: 0, action: 'retry' })
  later.online = true
  expect((await later.settled(again.me())).id).toBe(id)
  expect(later.logins).toBe(0)
})

test('a launch offline fails soon, and the first request with a network logs in', async () => {
  const phone = new Phone()
  phone.online = false
  const kit = launch(phone)
  expect(await refused(phone.settled(kit.ready()))).toMatchObject({ code: 'wx_login_failed', retryable: true })
  phone.online = true
  expect(await phone.settled(kit.me())).toMatchObject({ status: 'active' })
})

test('a login that WeChat failed is tried again with a new code, when the answer says', async () => {
  await standIn('fault', { endpoint: 'jscode2session', errcode: -1, times: 1 })
  const { phone } = await loggedIn()
  const codes = phone.calls.map(({ data }) => data.code)
  expect(codes).toHaveLength(2)
  expect(new Set(codes).size).toBe(2)
})

test('a login whose answer was lost is tried again with a new code', async () => {
  const phone = new Phone()
  phone.between = async (_, carry) => {
    const answer = await carry()
    return phone.count('/v1/login') === 1 ? 'interrupted' : answer
  }
  const kit = launch(phone)
  await phone.settled(kit.ready())
  expect(phone.logins).toBe(2)
})

test('a suspended account is told so, and does not ask in a loop', async () => {
  const { phone, kit } = await loggedIn()
  const { id } = await phone.settled(kit.me())
  await operate('POST', `accounts/${id}/suspend`)
  expect(await refused(phone.settled(kit.me()))).toMatchObject({ status: 403, code: 'account_suspended' })
  expect(phone.count('/v1/me')).toBe(2)

  // At the next launch without tokens the login is refused, and ten pages that ask again make no second one.
  const later = new Phone(phone.user)
  const again = launch(later)
  for (let page = 0; page < 10; page += 1) {
    expect(await refused(later.settled(again.me()))).toMatchObject({ code: 'account_suspended' })
  }
  expect(later.logins).toBe(1)
  // A person who taps is not kept waiting.
  await operate('POST', `accounts/${id}/restore`)
  expect(await later.settled(again.login())).toMatchObject({ account: { id } })
})

test('a login is not repeated for ever', async () => {
  await standIn('fault', { endpoint: 'jscode2session', errcode: 40029, times: 2 })
  const phone = new Phone()
  const kit = launch(phone)
  expect(await refused(phone.settled(kit.me()))).toMatchObject({ code: 'code_invalid', action: 'relogin' })
  expect(phone.count('/v1/login')).toBe(2)
})

test('a sign-in page of a Wi-Fi is no wxlogin', async () => {
  const phone = new Phone()
  phone.between = async () => ({ status: 200, body: '<html>' })
  expect(await refused(phone.settled(launch(phone).ready()))).toMatchObject({ code: 'not_wxlogin', body: '<html>' })
})

test('wx.login without a code, or without an end', async () => {
  for (const [instead, code] of [
    ['nothing', 'wx_login_failed'],
    ['hang', 'timeout'],
  ] as const) {
    const phone = new Phone()
    phone.instead = instead
    expect(await refused(phone.settled(launch(phone).ready()))).toMatchObject({ code, status: 0 })
    expect(phone.calls).toEqual([])
  }
})

test('two taps on "log in" are one login, and the device is named', async () => {
  const phone = new Phone()
  const kit = launch(phone, { device: 'iPhone 15', appid: phone.appid })
  const [one, other] = await phone.settled(times(2, () => kit.login()))
  expect(one).toEqual(other)
  expect(one).toMatchObject({ is_new_account: true })
  expect(await phone.settled(kit.sessions())).toMatchObject([{ device: 'iPhone 15', current: true }])
})

test('the platform is wx, unless it is told otherwise', async () => {
  const phone = new Phone()
  vi.stubGlobal('wx', phone.wx)
  const kit = createWxlogin({ service: service() })
  vi.unstubAllGlobals()
  await phone.settled(kit.ready())
  expect(phone.logins).toBe(1)
})
