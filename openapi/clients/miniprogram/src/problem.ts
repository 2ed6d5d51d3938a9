import type { components } from './schema.js'

type Schemas = components['schemas']

/** What a client does about a problem. The kit has done it already, where a program can. */
export type ProblemAction = Schemas['ProblemAction']
export type FieldError = Schemas['FieldError']

/** What goes wrong before or without an answer of wxlogin, in the words that people see. */
const LOCAL = {
  /** No answer: offline, interrupted, or the address is not one of the request 合法域名. */
  network: ['retry', '网络异常，请检查网络后重试', 'No connection. Check the network and try again'],
  /** No answer in time. */
  timeout: ['retry', '网络超时，请稍后重试', 'No answer in time. Try again later'],
  /** `wx.login` gave no code. */
  wx_login_failed: ['retry', '微信登录失败，请重试', 'WeChat gave no code. Try again'],
  /** Something else answers at the address of the service: a proxy, or the sign-in page of a Wi-Fi. */
  not_wxlogin: ['contact_support', '登录服务暂不可用', 'The login service is not available'],
  /** A backend refused, in words of its own: see `body`. */
  http_error: ['contact_support', '请求失败', 'The request failed'],
  /** The person logged out. Only `login()` lets them in again. */
  logged_out: ['relogin', '你已退出登录', 'You are logged out'],
  /** The address is neither the service's nor one of `backends`: it gets no token. */
  foreign_address: ['fix_request', '请求地址不在 backends 中', 'The address is not one of the backends'],
  /** The person did not agree to the privacy notice. */
  privacy_denied: ['contact_support', '需要先同意隐私保护指引', 'The privacy notice has to be agreed to first'],
  /** The person kept their telephone number to themselves. */
  phone_denied: ['contact_support', '未授权手机号', 'No number was passed on'],
  /** The mini program may not ask for numbers, or does not declare it, or WeChat is too old: `body` has what it said. */
  phone_unavailable: ['contact_support', '暂时无法获取手机号', 'The number cannot be had'],
} as const

export type LocalCode = keyof typeof LOCAL
export type ProblemCode = Schemas['ProblemCode'] | LocalCode
export type Language = 'zh' | 'en'

/** Whatever goes wrong. `message` is for people, everything else for programs. */
export class WxloginProblem extends Error {
  override readonly name: string = 'WxloginProblem'
  /** The HTTP status; 0 where there was no answer. */
  declare readonly status: number
  declare readonly code: ProblemCode
  declare readonly action: ProblemAction
  /** Whether the same wish may succeed later with nobody changing anything. */
  declare readonly retryable: boolean
  /** Seconds to stay away; 0 where none were named. */
  declare readonly retryAfter: number
  /** Which fields of the request are wrong. */
  declare readonly errors: FieldError[]
  /** What an operator finds in the log. Show it where you say "contact us". */
  declare readonly requestId: string | undefined
  /** What a backend answered, or WeChat said. */
  declare readonly body: unknown

  constructor(message: string, facts: Omit<WxloginProblem, keyof Error>) {
    super(message)
    Object.assign(this, facts)
  }
}

/** What went wrong here, not at the service. */
export function localProblem(code: LocalCode, language: Language, body?: unknown, status = 0): WxloginProblem {
  const [action, chinese, english] = LOCAL[code]
  const message = language === 'en' ? english : chinese
  const retryable = action === 'retry'
  return new WxloginProblem(message, {
    status,
    code,
    action,
    retryable,
    retryAfter: 0,
    errors: [],
    requestId: undefined,
    body,
  })
}

/** A refusal: a problem document, or whatever a backend has in its place. */
export function refusal(status: number, body: unknown, retryAfter: number, language: Language): WxloginProblem {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Schemas['Problem']>
  const { code, action } = problem
  if (!code || !action) {
    const unknown = localProblem('http_error', language, body, status)
    return Object.assign(unknown, { retryAfter })
  }
  return new WxloginProblem(problem.detail ?? code, {
    status,
    code,
    action,
    retryable: problem.retryable ?? false,
    retryAfter,
    errors: problem.errors ?? [],
    requestId: problem.request_id,
    body,
  })
}

/** The same again, to somebody who asks before the time. */
export function still(problem: WxloginProblem, retryAfter: number): WxloginProblem {
  return new WxloginProblem(problem.message, { ...problem, retryAfter })
}
