import { Phone } from 'wxlogin-testing/phone'
import { phoneCode } from 'wxlogin-testing/service'
import { expect, test, vi } from 'vitest'
import { EXPIRED, launch, loggedIn, refused } from './world.ts'

test('a tap binds the number: the login was before, and none is within', async () => {
  const phone = new Phone()
  phone.privacyNeeded = true
  const kit = launch(phone)
  await phone.settled(kit.preparePhone())
  expect(phone.logins).toBe(1)
  const account = await phone.settled(kit.bindPhone(await phone.tap('13800138000')))
  expect(account.phone?.number).toBe('+8613800138000')
  expect(phone.logins).toBe(1)
  await phone.settled(kit.removePhone())
  expect(await phone.settled(kit.me())).not.toHaveProperty('phone')
})

test('a token that expires between the button and the tap costs no second tap', async () => {
  const { phone, kit } = await loggedIn()
  const detail = await phone.tap('13900139000')
  phone.between = async (_, carry) =>
    phone.count('/v1/me/phone') === 1 && phone.count('/v1/token/refresh') === 0 ? EXPIRED : carry()
  expect((await phone.settled(kit.bindPhone(detail))).phone?.number).toBe('+8613900139000')
})

test('a code that was used is told, and not sent again', async () => {
  const { phone, kit } = await loggedIn()
  const detail = await phone.tap('13800138000')
  await phone.settled(kit.bindPhone(detail))
  expect(await refused(phone.settled(kit.bindPhone(detail)))).toMatchObject({
    code: 'phone_code_invalid',
    action: 'retry',
  })
  expect(phone.count('/v1/me/phone')).toBe(2)
})

test('without a code there is nothing to send, and the reason is told', async () => {
  const { phone, kit } = await loggedIn()
  for (const [errMsg, code] of [
    ['getPhoneNumber:fail user deny', 'phone_denied'],
    ['getPhoneNumber:fail user cancel', 'phone_denied'],
    ['getPhoneNumber:fail privacy permission is not authorized', 'privacy_denied'],
    ['getPhoneNumber:fail api scope is not declared in the privacy agreement', 'phone_unavailable'],
    ['getPhoneNumber:fail no permission', 'phone_unavailable'],
  ]) {
    expect(await refused(kit.bindPhone({ errMsg: errMsg ?? '' }))).toMatchObject({ code, body: errMsg })
  }
  expect(phone.count('/v1/me/phone')).toBe(0)
})

test('a login with a number is all or nothing, and tried once', async () => {
  const phone = new Phone()
  const kit = launch(phone)
  expect(await refused(phone.settled(kit.login({ phone_code: 'nobody-gave-this' })))).toMatchObject({
    code: 'phone_code_invalid',
  })
  expect(phone.count('/v1/login')).toBe(1)
  const { account, is_new_account } = await phone.settled(
    kit.login({ phone_code: await phoneCode(phone.user, '13800138000') }),
  )
  expect(is_new_account).toBe(true)
  expect(account.phone?.number).toBe('+8613800138000')
})

test('a privacy notice of one’s own is shown once, however many wait for it', async () => {
  const phone = new Phone()
  phone.privacyNeeded = true
  let agree = (_: string) => {}
  const tapped = new Promise<string>((resolve) => {
    agree = resolve
  })
  const askPrivacy = vi.fn(() => tapped)
  const kit = launch(phone, { askPrivacy })
  const both = Promise.all([kit.authorizePrivacy(), kit.preparePhone()])
  await phone.settled(kit.ready())
  agree('agree-button')
  await phone.settled(both)
  expect(askPrivacy).toHaveBeenCalledTimes(1)
  expect(phone.privacyNeeded).toBe(false)
  await kit.authorizePrivacy()
  expect(askPrivacy).toHaveBeenCalledTimes(1)
})

test('whoever refuses the notice is not logged in for the number, and is asked again next time', async () => {
  const phone = new Phone()
  phone.privacyNeeded = true
  const answers: (string | Error | undefined)[] = [undefined, new Error('closed'), 'agree-button']
  const askPrivacy = async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
  const kit = launch(phone, { askPrivacy })
  for (let time = 0; time < 2; time += 1) {
    expect(await refused(phone.settled(kit.preparePhone()))).toMatchObject({ code: 'privacy_denied' })
  }
  expect(phone.calls).toEqual([])
  await phone.settled(kit.preparePhone())
})

test('without one, WeChat shows its own; and base libraries before it need none', async () => {
  const phone = new Phone()
  phone.privacyNeeded = true
  phone.popup = 'disagree'
  expect(await refused(launch(phone).authorizePrivacy())).toMatchObject({ code: 'privacy_denied' })

  const old = new Phone()
  const { requirePrivacyAuthorize, onNeedPrivacyAuthorization, getAccountInfoSync, ...wx } = old.wx
  Object.assign(old, { wx })
  await old.settled(launch(old, { askPrivacy: async () => undefined }).preparePhone())
  expect(old.logins).toBe(1)
})
