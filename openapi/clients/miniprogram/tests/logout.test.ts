import { Phone, problem } from 'wxlogin-testing/phone'
import { service } from 'wxlogin-testing/service'
import { expect, test, vi } from 'vitest'
import { bearer, EXPIRED, HOUR, launch, loggedIn, refused, stored } from './world.ts'

/** What the service says of a token that was good. */
async function statusOf(token: string): Promise<number> {
  return (await fetch(`${service()}/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).status
}

/** Lets the answer at a path arrive when `arrive` is called, and not before. */
function hold(phone: Phone, path: string) {
  let arrive = () => {}
  let answered = () => {}
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const atService = new Promise<void>((resolve) => {
    answered = resolve
  })
  phone.between = async (call, carry) => {
    const answer = await carry()
    if (call.path === path) {
      answered()
      await arrival
    }
    return answer
  }
  return { atService, arrive: () => arrive() }
}

test('after a logout nobody is let in until somebody logs in, also after a restart', async () => {
  const { phone, kit } = await loggedIn()
  const token = await kit.accessToken()
  await phone.settled(kit.logout())
  expect(await statusOf(token)).toBe(401)
  expect(await refused(kit.me())).toMatchObject({ code: 'logged_out' })
  const later = phone.relaunched()
  const again = launch(later)
  expect(await refused(again.ready())).toMatchObject({ code: 'logged_out' })
  expect(later.calls).toEqual([])
  const { account, is_new_account } = await later.settled(again.login())
  expect(is_new_account).toBe(false)
  expect((await later.settled(again.me())).id).toBe(account.id)
})

test('an answer to a refresh that comes after the logout lets nobody in, and its session is over', async () => {
  const { phone, kit } = await loggedIn()
  vi.setSystemTime(Date.now() + HOUR)
  const refresh = hold(phone, '/v1/token/refresh')
  const request = refused(kit.me())
  await refresh.atService
  const logout = kit.logout()
  expect(stored(phone)).toMatchObject({ left: true })
  expect(await refused(kit.me())).toMatchObject({ code: 'logged_out' })
  refresh.arrive()
  await phone.settled(logout)
  expect(await request).toMatchObject({ code: 'logged_out' })
  expect(stored(phone)).not.toHaveProperty('tokens')
  expect(await statusOf(bearer(phone.calls.at(-1)!))).toBe(401)
  expect(phone.calls.at(-1)?.path).toBe('/v1/logout')
})

test('an answer to a login that comes after the logout lets nobody in either', async () => {
  const phone = new Phone()
  const kit = launch(phone)
  const login = hold(phone, '/v1/login')
  const request = refused(kit.me())
  await login.atService
  const logout = kit.logout()
  login.arrive()
  await phone.settled(logout)
  expect(await request).toMatchObject({ code: 'logged_out' })
  const ended = phone.calls.at(-1)
  expect(ended?.path).toBe('/v1/logout')
  expect(await statusOf(bearer(ended!))).toBe(401)
  expect(await phone.settled(kit.login())).toMatchObject({ is_new_account: false })
})

test('a refresh that is refused after the logout leads to no login', async () => {
  const { phone, kit } = await loggedIn()
  vi.setSystemTime(Date.now() + HOUR)
  const refresh = hold(phone, '/v1/token/refresh')
  const { between } = phone
  phone.between = async (call, carry) => {
    const answer = await between(call, carry)
    return call.path === '/v1/token/refresh' ? problem(401, 'refresh_token_expired', 'relogin') : answer
  }
  const request = refused(kit.me())
  await refresh.atService
  const logout = kit.logout()
  refresh.arrive()
  await phone.settled(logout)
  expect(await request).toMatchObject({ code: 'logged_out' })
  expect(phone.logins).toBe(1)
})

test('a logout without a network is one on the phone, and says that the service does not know', async () => {
  const { phone, kit } = await loggedIn()
  phone.online = false
  expect(await refused(phone.settled(kit.logout()))).toMatchObject({ code: 'network' })
  expect(await refused(kit.me())).toMatchObject({ code: 'logged_out' })
  expect(stored(phone)).not.toHaveProperty('tokens')
})

test('a logout with an expired token refreshes first, and stores nothing of it', async () => {
  const { phone, kit } = await loggedIn()
  const old = await kit.accessToken()
  phone.between = async (call, carry) => (bearer(call) === old ? EXPIRED : carry())
  await phone.settled(kit.logout())
  expect(phone.calls.slice(-3).map(({ path }) => path)).toEqual(['/v1/logout', '/v1/token/refresh', '/v1/logout'])
  expect(await statusOf(old)).toBe(401)
  expect(stored(phone)).not.toHaveProperty('tokens')
})

test('a logout of what is over already is one; of all devices it is not', async () => {
  for (const all of [false, true]) {
    const { phone, kit } = await loggedIn()
    const copy = phone.relaunched()
    await phone.settled(kit.logout())
    const second = copy.settled(launch(copy).logout({ all }))
    if (all) expect(await refused(second)).toMatchObject({ code: 'session_revoked' })
    else await second
  }
})

test('logout of all devices', async () => {
  const { phone, kit } = await loggedIn()
  const other = new Phone(phone.user)
  const token = await other.settled(launch(other).accessToken())
  await phone.settled(kit.logout({ all: true }))
  expect(await statusOf(token)).toBe(401)
})

test('a cancelled account is gone, and no request that is under way makes a new one', async () => {
  const { phone, kit } = await loggedIn()
  const { id } = await phone.settled(kit.me())
  // A page asks before, and its request arrives after.
  const cancelled = hold(phone, '/v1/me')
  const { between } = phone
  phone.between = async (call, carry) => {
    if (call.method === 'GET') await cancelled.atService
    return call.method === 'GET' ? carry() : between(call, carry)
  }
  const before = refused(kit.me())
  const cancel = kit.cancelAccount()
  await cancelled.atService
  expect(await refused(kit.me())).toMatchObject({ code: 'logged_out' })
  cancelled.arrive()
  await phone.settled(cancel)
  expect(await phone.settled(before)).toMatchObject({ code: 'logged_out' })
  expect(phone.logins).toBe(1)

  const { account, is_new_account } = await phone.settled(kit.login())
  expect(is_new_account).toBe(true)
  expect(account.id).not.toBe(id)
})

test('a cancellation whose answer was lost is one', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async (call, carry) => {
    const answer = await carry()
    return phone.calls.filter(({ method }) => method === 'DELETE').length === 1 && call.method === 'DELETE'
      ? 'lost'
      : answer
  }
  await phone.settled(kit.cancelAccount())
  expect(await phone.settled(kit.login())).toMatchObject({ is_new_account: true })
})

test('a cancellation that the service could not do leaves everything as it was', async () => {
  const { phone, kit } = await loggedIn()
  phone.between = async () => problem(503, 'store_unavailable', 'retry', 60)
  expect(await refused(phone.settled(kit.cancelAccount()))).toMatchObject({ code: 'store_unavailable' })
  phone.between = (_, carry) => carry()
  expect(await phone.settled(kit.me())).toMatchObject({ status: 'active' })
  expect(phone.logins).toBe(1)
})
