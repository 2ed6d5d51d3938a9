// A phone with WeChat on it: `wx` as far as a login needs it. Its network leads to the service, and `wx.login` and the
// getPhoneNumber button get their codes from the stand-in.
import { vi } from 'vitest'
import { loginCode, phoneCode, somebody } from './service.ts'

export interface Call {
  method: string
  url: string
  /** Of the URL. */
  path: string
  /** Empty where the call has no body. */
  data: Record<string, unknown>
  header: Record<string, string>
}
export interface Answer {
  status: number
  body: unknown
  header?: Record<string, string>
}
/** What becomes of a call: an answer, a broken connection, or nothing at all. */
export type Outcome = Answer | 'lost' | 'interrupted' | 'hang'

interface Callbacks<T> {
  success?: (result: T) => void
  fail?: (reason: { errMsg: string; errno?: number }) => void
  complete?: () => void
}
interface RequestOptions extends Callbacks<{
  statusCode: number
  data: unknown
  header: Record<string, string>
  errMsg: string
}> {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
  timeout?: number
}
type PrivacyAnswer = { event: string; buttonId?: string }
type PrivacyListener = (resolve: (answer: PrivacyAnswer) => void, event: { referrer: string }) => void

/** What wx.request takes; PATCH is not among them. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']

export class Phone {
  readonly user: string
  /** Every call, in its order. */
  readonly calls: Call[] = []
  /** How often wx.login was called. */
  logins = 0
  online = true
  /** What stands between the phone and the service. */
  between: (call: Call, carry: () => Promise<Answer>) => Promise<Outcome> = (_, carry) => carry()
  /** What wx.login does in the place of giving a code. */
  instead: 'hang' | 'nothing' | undefined
  storageFails = false
  readonly storage = new Map<string, string>()
  appid = 'wx0000000000000001'
  /** Whether the privacy notice still has to be agreed to. */
  privacyNeeded = false
  /** What the person does with WeChat's own notice. */
  popup: 'agree' | 'disagree' = 'agree'
  private privacyListener: PrivacyListener | undefined
  private busy = 0

  constructor(user = somebody()) {
    this.user = user
  }

  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length
  }

  /** The same person with the same storage, after the mini program was closed. */
  relaunched(): Phone {
    const phone = new Phone(this.user)
    for (const [key, value] of this.storage) phone.storage.set(key, value)
    return phone
  }

  /** A tap on a getPhoneNumber button: its `e.detail`. */
  async tap(number: string): Promise<{ errMsg: string; code?: string }> {
    if (this.privacyNeeded) return { errMsg: 'getPhoneNumber:fail privacy permission is not authorized' }
    return { errMsg: 'getPhoneNumber:ok', code: await phoneCode(this.user, number) }
  }

  /** Waits for a promise. Time passes only while nothing is under way, and then at once. Needs `vi.useFakeTimers`. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let over = false
    const end = () => {
      over = true
    }
    promise.then(end, end)
    while (!over) {
      await turn()
      if (!over && this.busy === 0 && vi.getTimerCount() > 0) await vi.advanceTimersToNextTimerAsync()
    }
    return promise
  }

  readonly wx = {
    login: (options: Callbacks<{ code: string; errMsg: string }>): void => {
      this.logins += 1
      if (this.instead === 'hang') return
      const code = async () => {
        if (!this.online) throw { errMsg: 'login:fail network error' }
        const given = this.instead === 'nothing' ? '' : await loginCode(this.user)
        return { code: given, errMsg: 'login:ok' }
      }
      this.work(code, options)
    },

    request: (options: RequestOptions) => {
      this.work(() => this.send(options), options)
      return { abort: () => {} }
    },

    getStorageSync: (key: string): unknown => {
      if (this.storageFails) throw new Error('getStorageSync:fail')
      const value = this.storage.get(key)
      return value === undefined ? '' : JSON.parse(value)
    },
    setStorageSync: (key: string, value: unknown): void => {
      if (this.storageFails) throw new Error('setStorageSync:fail exceed storage max size 10Mb')
      this.storage.set(key, JSON.stringify(value))
    },
    removeStorageSync: (key: string): void => {
      this.storage.delete(key)
    },

    getAccountInfoSync: () => ({ miniProgram: { appId: this.appid } }),

    onNeedPrivacyAuthorization: (listener: PrivacyListener): void => {
      this.privacyListener = listener
    },
    requirePrivacyAuthorize: (options: Callbacks<{ errMsg: string }>): void => {
      this.work(async () => {
        if (this.privacyNeeded) {
          const { event } = await new Promise<PrivacyAnswer>((resolve) => {
            if (this.privacyListener) this.privacyListener(resolve, { referrer: 'requirePrivacyAuthorize' })
            else resolve({ event: this.popup })
          })
          if (event !== 'agree')
            throw { errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized', errno: 104 }
          this.privacyNeeded = false
        }
        return { errMsg: 'requirePrivacyAuthorize:ok' }
      }, options)
    },
  }

  private async send(options: RequestOptions) {
    const { url, method = 'GET', header = {}, timeout = 60_000 } = options
    if (!METHODS.includes(method)) throw { errMsg: 'request:fail method is invalid' }
    // What crosses from the page to WeChat's own side is copied, and undefined lost.
    const data = JSON.parse(JSON.stringify(options.data ?? {}))
    const call: Call = { method, url, path: new URL(url).pathname, data, header: { ...header } }
    this.calls.push(call)
    await turn()
    if (!this.online) throw { errMsg: 'request:fail Unable to resolve host' }
    const outcome = await this.between(call, () => carry(call, options.data !== undefined))
    if (outcome === 'hang') return new Promise<never>(() => this.release())
    if (outcome === 'lost') throw { errMsg: `request:fail timeout after ${timeout}` }
    if (outcome === 'interrupted') throw { errMsg: 'request:fail interrupted' }
    return { statusCode: outcome.status, data: outcome.body, header: outcome.header ?? {}, errMsg: 'request:ok' }
  }

  /** Calls back later, as WeChat does, never within the call. */
  private work<T>(task: () => Promise<T>, { success, fail, complete }: Callbacks<T>): void {
    this.busy += 1
    const back = (say: () => void) => {
      this.release()
      say()
      complete?.()
    }
    turn()
      .then(task)
      .then(
        (result) => back(() => success?.(result)),
        (reason) => back(() => fail?.(reason)),
      )
  }

  private release(): void {
    this.busy -= 1
  }
}

const realSetImmediate = setImmediate
const turn = () => new Promise<void>((resolve) => realSetImmediate(resolve))

/** To the service and back, as wx.request does it. */
async function carry({ method, url, data, header }: Call, hasBody: boolean): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', 'user-agent': 'MicroMessenger/8.0.50 (iPhone)', ...header },
    ...(hasBody && { body: JSON.stringify(data) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: parsed(text), header: Object.fromEntries(answer.headers) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A refusal, as the service writes it. */
export const problem = (status: number, code: string, action: string, retryAfter?: number): Answer => ({
  status,
  body: {
    type: `/problems/${code}`,
    title: code,
    status,
    code,
    detail: code,
    action,
    retryable: action !== 'fix_request',
    request_id: 'r-1',
  },
  header: retryAfter ? { 'Retry-After': String(retryAfter) } : {},
})
