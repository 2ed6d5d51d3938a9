import { type Call, Phone, problem } from 'wxlogin-testing/phone'
import { service } from 'wxlogin-testing/service'
import { expect } from 'vitest'
import { createWxlogin, type Options, platformOf, type Wxlogin, WxloginProblem } from '../src/index.ts'

/** The kit in a mini program on this phone, just launched. */
export function launch(phone: Phone, options: Partial<Options> = {}): Wxlogin {
  return createWxlogin({ service: service(), platform: platformOf(phone.wx), ...options })
}

/** Somebody who has just logged in. */
export async function loggedIn(options: Partial<Options> = {}): Promise<{ phone: Phone; kit: Wxlogin }> {
  const phone = new Phone()
  const kit = launch(phone, options)
  await phone.settled(kit.ready())
  return { phone, kit }
}

/** What a call is refused with. */
export async function refused(call: Promise<unknown>): Promise<WxloginProblem> {
  const error = await call.then(
    () => expect.unreachable('it is refused'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(WxloginProblem)
  return error as WxloginProblem
}

export const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work))
export const bearer = ({ header }: Call) => (header.Authorization ?? '').replace('Bearer ', '')
export const EXPIRED = problem(401, 'token_expired', 'refresh')
export const HOUR = 3_600_000

/** What lies in the storage of a phone. */
export const stored = (phone: Phone) => JSON.parse(phone.storage.get('wxlogin') ?? '{}')
