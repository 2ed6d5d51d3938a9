import { type Language, localProblem, refusal } from './problem.js'
import type { Method, Platform, PlatformRequest } from './platform.js'

/** A request of a page. */
export interface Request {
  /** A path of wxlogin, such as `/v1/me`, or an address of one of your `backends`. */
  url: string
  /** PATCH travels as POST with `X-HTTP-Method-Override`, since `wx.request` has no PATCH. */
  method?: Method | 'PATCH'
  data?: unknown
  header?: Record<string, string>
  /** Milliseconds. */
  timeout?: number
}

/** How much longer than its own timeout a call of WeChat's may take: some never come back. */
const SLACK = 2000

/** Sends requests, and makes a problem of everything that is no success. */
export class Http {
  constructor(
    private readonly platform: Platform,
    private readonly service: string,
    private readonly language: Language,
    private readonly timeout: number,
  ) {}

  /** A new code of `wx.login`. */
  async code(): Promise<string> {
    const code = await this.inTime(() => this.platform.login(this.timeout), this.timeout, 'wx_login_failed')
    if (!code) throw localProblem('wx_login_failed', this.language)
    return code
  }

  /** Resolves to the body of the answer. */
  async send({ url, method = 'GET', data, header, timeout = this.timeout }: Request, token?: string): Promise<unknown> {
    const request: PlatformRequest = {
      url: url[0] === '/' ? this.service + url : url,
      method: method === 'PATCH' ? 'POST' : method,
      data,
      header: {
        'Accept-Language': this.language,
        ...header,
        ...(method === 'PATCH' && { 'X-HTTP-Method-Override': method }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      timeout,
    }
    const answer = await this.inTime(() => this.platform.request(request), timeout, 'network')
    const { status, body, header: said } = answer
    if (status >= 200 && status < 300) return status === 204 ? undefined : body
    throw refusal(status, body, seconds(said), this.language)
  }

  private inTime<T>(call: () => Promise<T>, timeout: number, otherwise: 'network' | 'wx_login_failed'): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (reason: unknown) => {
        const said = (reason as { errMsg?: unknown } | undefined)?.errMsg ?? reason
        const code = /time-?out|超时/i.test(String(said)) ? 'timeout' : otherwise
        reject(localProblem(code, this.language, said))
      }
      const timer = setTimeout(fail, timeout + SLACK, 'timeout')
      new Promise<T>((done) => done(call())).then(resolve, fail).finally(() => clearTimeout(timer))
    })
  }
}

/** `Retry-After` in seconds; 0 without one. */
function seconds(header: Record<string, unknown>): number {
  const name = Object.keys(header).find((key) => key.toLowerCase() === 'retry-after')
  return Math.max(0, Number(name && header[name]) || 0)
}
