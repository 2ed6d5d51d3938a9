import { Phone } from 'wxlogin-testing/phone'
import { expect, test, vi } from 'vitest'
import { HOUR, launch, loggedIn, stored } from './world.ts'

test('tokens of another service or of another mini program are not sent', async () => {
  const { phone } = await loggedIn()
  const elsewhere = phone.relaunched()
  elsewhere.between = async () => ({ status: 500, body: '' })
  const other = launch(elsewhere, { service: 'https://login.example.com' })
  await expect(elsewhere.settled(other.me())).rejects.toMatchObject({ status: 500 })
  expect(elsewhere.calls.map(({ path, header }) => [path, header.Authorization])).toEqual([['/v1/login', undefined]])

  const another = phone.relaunched()
  another.appid = 'wx0000000000000002'
  await another.settled(launch(another).me())
  expect(another.logins).toBe(1)
})

test('a slash at the end is no other service', async () => {
  const { phone } = await loggedIn()
  const again = phone.relaunched()
  await again.settled(launch(again, { service: `${stored(phone).service}/` }).me())
  expect(again.logins).toBe(0)
})

test('a storage that fails costs a login at each launch, and no more', async () => {
  const phone = new Phone()
  phone.storageFails = true
  const kit = launch(phone)
  await phone.settled(kit.me())
  vi.setSystemTime(Date.now() + HOUR)
  await phone.settled(kit.me())
  expect([phone.logins, phone.count('/v1/token/refresh')]).toEqual([1, 1])
})

test('a storage that is full keeps no old refresh token: it would look like a stolen one', async () => {
  const { phone, kit } = await loggedIn()
  phone.storageFails = true
  vi.setSystemTime(Date.now() + HOUR)
  await phone.settled(kit.me())
  expect(phone.storage.size).toBe(0)
})

test('what somebody else has stored under the name is nothing', async () => {
  for (const nonsense of ['"text"', 'null', '7', '{"tokens":{}}', '[]']) {
    const phone = new Phone()
    phone.storage.set('wxlogin', nonsense)
    await phone.settled(launch(phone).me())
    expect(phone.logins).toBe(1)
  }
  const { phone } = await loggedIn()
  const half = stored(phone)
  half.tokens.refresh_token = undefined
  const later = phone.relaunched()
  later.storage.set('wxlogin', JSON.stringify(half))
  await later.settled(launch(later).me())
  expect(later.logins).toBe(1)
})
