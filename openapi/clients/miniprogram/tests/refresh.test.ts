import { Phone, problem } from 'wxlogin-testing/phone'
import { answered, service } from 'wxlogin-testing/service'
import { expect, test, vi } from 'vitest'
import { bearer, EXPIRED, HOUR, launch, loggedIn, stored, times } from './world.ts'

const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

test('fifty requests with an expired token make one refresh at the service', async () => {
  const { phone, kit } = await loggedIn()
  const before = await answered('/v1/token/refresh')
  later(HOUR)
  await phone.settled(times(50, () => kit.me()))
  expect(await answered('/v1/token/refresh')).toBe(before + 1)
  expect(phone.count('/v1/me')).toBe(50)
  expect(phone.logins).toBe(1)
  expect(await phone.settled(kit.sessions())).toHaveLength(1)
})

test('fifty requests that are told so by a 401 make one refresh, and are sent again once', async () => {
  const { phone, kit } = await loggedIn()
  const before = await answered('/v1/token/refresh')
  const old = stored(phone).tokens.access_token
  phone.between = async (call, carry) => (bearer(call) === old ? EXPIRED : carry())
  await phone.settled(times(50, () => kit.me()))
  expect(await answered('/v1/token/refresh')).toBe(before + 1)
  expect(phone.count('/v1/me')).toBe(100)
  expect(phone.logins).toBe(1)
})

test('a request is sent again once at the most', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async (call, carry) => (call.path === '/v1/me' ? EXPIRED : carry())
  await expect(phone.settled(kit.me())).rejects.toMatchObject({ code: 'token_expired' })
  expect(phone.count('/v1/me')).toBe(2)
  expect(phone.count('/v1/token/refresh')).toBe(1)
})

test('tokens are refreshed ahead of time, and the old one does where that fails', async () => {
  const { phone, kit } = await loggedIn()
  later(0.95 * stored(phone).tokens.expires_in * 1000)
  phone.between = async (call, carry) =>
    call.path === '/v1/token/refresh' ? problem(503, 'store_unavailable', 'retry', 60) : carry()
  await phone.settled(times(3, () => kit.me()))
  await phone.settled(kit.me())
  expect(phone.count('/v1/token/refresh')).toBe(1)

  later(61_000)
  phone.between = (_, carry) => carry()
  await phone.settled(kit.me())
  expect(phone.count('/v1/token/refresh')).toBe(2)
})

test('a refresh whose answer was lost is sent again with the same token, which answers the same successor', async () => {
  const { phone, kit } = await loggedIn()
  const first = stored(phone).tokens.refresh_token
  const successors: unknown[] = []
  phone.between = async (call, carry) => {
    const answer = await carry()
    if (call.path !== '/v1/token/refresh') return answer
    expect(answer.status).toBe(200)
    successors.push((answer.body as { refresh_token: string }).refresh_token)
    return successors.length === 1 ? 'lost' : answer
  }
  later(HOUR)
  await phone.settled(kit.me())
  const sent = phone.calls.filter(({ path }) => path === '/v1/token/refresh').map(({ data }) => data.refresh_token)
  expect(sent).toEqual([first, first])
  expect(successors[0]).toBe(successors[1])
  expect(phone.logins).toBe(1)
})

test('a copy of old tokens leads to a new login, not to an error', async () => {
  const { phone, kit } = await loggedIn()
  const copy = phone.relaunched()
  for (let age = 0; age < 2; age += 1) {
    later(HOUR)
    await phone.settled(kit.me())
  }
  const restored = launch(copy)
  await copy.settled(restored.me())
  expect(copy.count('/v1/token/refresh')).toBe(1)
  expect(copy.logins).toBe(1)
})

test('a session that was ended elsewhere is not refreshed: fifty requests make one login', async () => {
  const { phone, kit } = await loggedIn()
  const other = new Phone(phone.user)
  const elsewhere = launch(other)
  const mine = (await other.settled(elsewhere.sessions())).find(({ current }) => !current)
  await other.settled(elsewhere.endSession(mine?.id ?? ''))
  await phone.settled(times(50, () => kit.me()))
  expect(phone.count('/v1/token/refresh')).toBe(0)
  expect(phone.count('/v1/login')).toBe(2)
  expect(phone.logins).toBe(2)
})

test('tokens that the service has refused are kept no longer', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async (call, carry) =>
    call.path === '/v1/login' ? 'lost' : call.path === '/v1/me' ? problem(401, 'session_revoked', 'relogin') : carry()
  await expect(phone.settled(kit.me())).rejects.toMatchObject({ code: 'timeout' })
  expect(stored(phone)).not.toHaveProperty('tokens')
})

test('a clock that is wrong by hours is no matter', async () => {
  for (const wrong of [-9 * HOUR, 9 * HOUR]) {
    vi.setSystemTime(Date.now() + wrong)
    const { phone, kit } = await loggedIn()
    await phone.settled(times(5, () => kit.me()))
    later(0.5 * stored(phone).tokens.expires_in * 1000)
    await phone.settled(kit.me())
    expect(phone.count('/v1/token/refresh')).toBe(0)
    vi.setSystemTime(Date.now() - wrong)
  }
})

test('a clock that is set right meanwhile costs one refresh', async () => {
  for (const correction of [-9 * HOUR, 9 * HOUR]) {
    const { phone, kit } = await loggedIn()
    later(correction)
    await phone.settled(times(5, () => kit.me()))
    await phone.settled(kit.me())
    expect(phone.count('/v1/token/refresh')).toBe(1)
    expect(phone.logins).toBe(1)
  }
})

test('two copies of the kit do not refresh one after the other', async () => {
  const { phone, kit } = await loggedIn()
  const second = launch(phone)
  later(HOUR)
  await phone.settled(kit.me())
  await phone.settled(second.me())
  expect(phone.count('/v1/token/refresh')).toBe(1)
})

test('a copy of the kit takes over what another one has got since', async () => {
  const phone = new Phone()
  phone.online = false
  const first = launch(phone)
  await expect(phone.settled(first.ready())).rejects.toMatchObject({ code: 'wx_login_failed' })
  phone.online = true
  await phone.settled(launch(phone).ready())
  const before = phone.logins
  await phone.settled(first.me())
  expect(phone.logins).toBe(before)
})

test('a mini program that was hidden in the middle goes on where it was', async () => {
  const { phone, kit } = await loggedIn()
  later(HOUR)
  phone.between = async (_, carry) =>
    phone.count('/v1/token/refresh') === 1 && phone.count('/v1/me') === 0 ? 'interrupted' : carry()
  await phone.settled(kit.me())
  expect(phone.count('/v1/token/refresh')).toBe(2)
  expect(phone.logins).toBe(1)
})

test('a refresh that never ends does not keep the pages for ever', async () => {
  const { phone, kit } = await loggedIn()
  later(HOUR)
  phone.between = async (call, carry) => (call.path === '/v1/token/refresh' ? 'hang' : carry())
  await expect(phone.settled(kit.me())).rejects.toMatchObject({ code: 'timeout', action: 'retry' })
  phone.between = (_, carry) => carry()
  expect(await phone.settled(kit.me())).toMatchObject({ status: 'active' })
})

test('a backend that refuses in words of its own is believed once', async () => {
  const orders = 'https://api.example.com/orders'
  const { phone, kit } = await loggedIn({ backends: ['https://api.example.com/'] })
  const old = stored(phone).tokens.access_token
  phone.between = async (call, carry) => {
    if (call.url !== orders) return carry()
    return bearer(call) === old ? { status: 401, body: 'no' } : { status: 200, body: ['an order'] }
  }
  expect(await phone.settled(kit.request({ url: orders }))).toEqual(['an order'])
  expect(await phone.settled(kit.accessToken())).not.toBe(old)
  expect(service()).not.toContain('example.com')
})
