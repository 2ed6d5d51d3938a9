// What tests do at the service and its stand-in WeChat, besides what they test.
import { inject } from 'vitest'
import type {} from './setup.ts'

/** Where the service is. */
export const service = () => inject('wxlogin').service

let users = 0
/** A person whom no other test knows. */
export const somebody = (): string => {
  users += 1
  return `user-${process.pid}-${Date.now()}-${users}`
}

/** A call of the stand-in's own. */
export async function standIn<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`${inject('wxlogin').standIn}/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return answer.json() as Promise<T>
}

/** What `wx.login` gives. */
export const loginCode = async (user: string) => (await standIn<{ code: string }>('code', { user })).code

/** What a tap on the getPhoneNumber button gives. */
export const phoneCode = async (user: string, phone: string) =>
  (await standIn<{ code: string }>('phone-code', { user, phone })).code

/** A call of an operator. */
export async function operate(method: string, path: string): Promise<void> {
  const { service, adminKey } = inject('wxlogin')
  const answer = await fetch(`${service}/admin/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${adminKey}` },
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
}

/** How many requests the service has answered at a path since it was started. */
export async function answered(route: string): Promise<number> {
  const metrics = await (await fetch(`${service()}/metrics`)).text()
  const counted = metrics
    .split('\n')
    .filter((line) => line.startsWith(`wxlogin_http_requests_total{`) && line.includes(`route="${route}"`))
  return counted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
