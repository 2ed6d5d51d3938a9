// The client against the service itself, with its stand-in WeChat.

import { expect, inject, test } from 'vitest'
import { answered, loginCode, phoneCode, service, somebody } from 'wxlogin-testing/service'
import { answerOf, type Options, WxloginClient, WxloginProblem } from '../src/index.ts'

const client = (options: Partial<Options> = {}) => new WxloginClient({ baseUrl: service(), language: 'en', ...options })
const login = async (user = somebody()) => client().login({ code: await loginCode(user) })
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('it is refused'),
    (problem: WxloginProblem) => {
      expect(problem).toBeInstanceOf(WxloginProblem)
      return problem
    },
  )

test('log in, refresh, log out', async () => {
  const first = await login()
  expect(first).toMatchObject({ token_type: 'Bearer', is_new_account: true, account: { status: 'active' } })
  const second = await client().refresh({ refresh_token: first.refresh_token })
  expect(second.account.id).toBe(first.account.id)
  const phone = client().as(second.access_token)
  expect((await phone.me.get()).id).toBe(first.account.id)
  await phone.logout()
  expect(await problemOf(phone.me.get())).toMatchObject({ status: 401, code: 'session_revoked', action: 'relogin' })
})

test('a refusal says what, why and what to do', async () => {
  const problem = await problemOf(client().login({ code: 'one two' }))
  expect(problem).toMatchObject({ status: 400, code: 'code_malformed', action: 'fix_request', retryable: false })
  expect(problem.message).toMatch(/[a-z]/)
  expect(problem.requestId).toMatch(/^[A-Za-z0-9._-]{1,128}$/)

  const fields = await problemOf(client().login({ code: await loginCode(somebody()), iv: 'AAAA' }))
  expect(fields).toMatchObject({ code: 'invalid_request' })
  expect(fields.errors.map(({ field }) => field)).toContain('encrypted_data')
})

test('Retry-After is told in seconds, and a proxy is no wxlogin', async () => {
  const answers = [
    new Response('{"code":"rate_limited","action":"retry","retryable":true}', {
      status: 429,
      headers: { 'Retry-After': '7' },
    }),
    new Response('<html>', { status: 502 }),
  ]
  const broken = client({ fetch: async () => answers.shift() as Response })
  expect(await problemOf(broken.jwks())).toMatchObject({ code: 'rate_limited', retryAfter: 7, retryable: true })
  expect(await problemOf(broken.jwks())).toMatchObject({ status: 502, code: undefined, retryable: false })
})

test('the profile is changed by PATCH', async () => {
  const { me } = client({ token: (await login()).access_token })
  expect((await me.update({ nickname: '小明' })).nickname).toBe('小明')
  expect(await me.update({ nickname: null })).not.toHaveProperty('nickname')
})

test('a telephone number is bound and removed', async () => {
  const user = somebody()
  const { access_token } = await login(user)
  const { me } = client().as(async () => access_token)
  const account = await me.phone.set({ phone_code: await phoneCode(user, '13800138000') })
  expect(account.phone?.number).toBe('+8613800138000')
  await me.phone.remove()
  expect(await me.get()).not.toHaveProperty('phone')
})

test('sessions are listed and ended one by one', async () => {
  const user = somebody()
  await login(user)
  const { me } = client().as((await login(user)).access_token)
  const other = (await me.sessions.list()).find(({ current }) => !current)
  await me.sessions.end(other?.id ?? '')
  expect((await me.sessions.list()).map(({ current }) => current)).toEqual([true])
})

test('an account is exported and cancelled', async () => {
  const user = somebody()
  const { access_token, account } = await login(user)
  const { me } = client().as(access_token)
  expect((await me.export()).account.id).toBe(account.id)
  await me.delete()
  expect((await login(user)).account.id).not.toBe(account.id)
})

test('a backend introspects, and whoever holds a token revokes it', async () => {
  const { access_token, refresh_token, account } = await login()
  const backend = client({ token: inject('wxlogin').adminKey })
  expect(await backend.introspect(access_token)).toMatchObject({ active: true, sub: account.id })
  await client().revoke(refresh_token)
  expect(await backend.introspect(access_token)).toEqual({ active: false })
})

test('every other operation is there by its path', async () => {
  const { account } = await login()
  const operator = client({ token: inject('wxlogin').adminKey })
  const path = { id: account.id }
  const suspended = await answerOf(operator.http.POST('/admin/v1/accounts/{id}/suspend', { params: { path } }))
  expect(suspended.status).toBe('suspended')
})

test('no credential goes where the body is the credential', async () => {
  const before = await answered('/v1/login')
  const seen: (string | null)[] = []
  const watched = client({
    token: 'not-a-token',
    fetch: (request) => {
      seen.push(request.headers.get('Authorization'))
      return fetch(request)
    },
  })
  await watched.login({ code: await loginCode(somebody()) })
  expect(seen).toEqual([null])
  expect(await answered('/v1/login')).toBe(before + 1)
})

test('a call that takes too long is given up', async () => {
  const hanging = client({
    timeout: 1,
    fetch: (request) =>
      new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      }),
  })
  await expect(hanging.jwks()).rejects.toMatchObject({ name: 'TimeoutError' })
})
