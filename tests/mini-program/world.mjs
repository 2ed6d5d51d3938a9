// A mini program's surroundings: a fake `wx`, a clock that jumps from one timer to the next, and a server that a test
// makes up.
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

export const API = 'https://login.example.com'

/** Tokens of some login before, good for a long time. */
export const stored = (changes = {}) => ({
  access_token: 'old',
  refresh_token: 'old-refresh',
  renew_at: 1e6,
  expires_at: 2e6,
  ...changes,
})

let made = 0
/** What a login or a refresh answers. */
export const tokens = () => {
  made += 1
  const pair = { access_token: `access-${made}`, refresh_token: `refresh-${made}`, expires_in: 900 }
  return { status: 200, body: { ...pair, account: { id: 'somebody' }, is_new_account: false } }
}

export const good = (body = 'good') => ({ status: 200, body })
export const problem = (status, code, action, retryAfter) => ({
  status,
  body: { code, action, detail: code, request_id: 'r' },
  header: retryAfter ? { 'Retry-After': String(retryAfter) } : {},
})
/** The connection breaks: nobody knows whether the request arrived. */
export const LOST = 'lost'

export const bearerOf = (call) => (call.header.Authorization || '').replace('Bearer ', '')

/** Loads the module of a guide into surroundings of its own. */
export function world(source, server, before) {
  const calls = []
  const storage = before ? { wxlogin: before } : {}
  const clock = jumpingClock()
  let codes = 0
  const wx = {
    getStorageSync: (key) => (storage[key] === undefined ? '' : structuredClone(storage[key])),
    setStorageSync: (key, value) => {
      storage[key] = JSON.parse(JSON.stringify(value))
    },
    login: ({ success }) => clock.setTimeout(() => success({ code: `code-${(codes += 1)}` }), 1),
    request: ({ url, method, data, header, success, fail }) => {
      // Copied, as on a wire: what is made in there is of another world.
      const sent = structuredClone({ method, data, header })
      const call = { path: url.replace(API, ''), at: clock.now(), ...sent }
      calls.push(call)
      // Answers overtake each other.
      clock.setTimeout(() => {
        const answer = server(call)
        if (answer === LOST) fail({ errMsg: 'request:fail timeout' })
        else success({ statusCode: answer.status, data: answer.body, header: answer.header || {} })
      }, 2 + ((calls.length * 7) % 11))
    },
  }
  const module = { exports: {} }
  const Date = { now: clock.now }
  vm.runInNewContext(readFileSync(source, 'utf8'), { wx, module, Date, setTimeout: clock.setTimeout, Error })
  return {
    api: module.exports,
    calls,
    storage,
    codes: () => codes,
    count: (path) => calls.filter((call) => call.path === path).length,
  }
}

function jumpingClock() {
  let now = 0
  let order = 0
  const timers = []
  const next = () => {
    timers.sort((one, other) => one.at - other.at || one.order - other.order)
    const timer = timers.shift()
    now = timer.at
    timer.run()
  }
  return {
    now: () => now,
    setTimeout: (run, wait) => {
      timers.push({ run, at: now + wait, order: (order += 1) })
      // Whatever else is to be done at this moment goes first.
      setImmediate(next)
    },
  }
}
