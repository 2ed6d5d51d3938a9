import { platformOf, type WechatApi } from './callbacks.js'
import { Http, type Request } from './http.js'
import type { AskPrivacy, Platform } from './platform.js'
import { type Language, localProblem, type WxloginProblem } from './problem.js'
import type { components } from './schema.js'
import { type LoginProof, type LoginResult, Session } from './session.js'
import { type Kept, Tokens } from './tokens.js'

type Schemas = components['schemas']
export type Account = Schemas['Account']
export type AccountSession = Schemas['Session']
export type ProfileChange = Schemas['ProfileChange']

export interface Options {
  /** Where wxlogin is, such as `https://login.example.com`: one of the request 合法域名 of the mini program. */
  service: string
  /** Other addresses that `request` may send the token to. It goes nowhere else. */
  backends?: string[]
  /** Needed where the service has several apps. */
  appid?: string
  /** What the list of sessions calls this phone, 1 to 64 characters. */
  device?: string
  /** The language of problems: Chinese, if left out. */
  language?: Language
  /** Milliseconds that a request may take; 10 000 if left out. */
  timeout?: number
  /** Seconds that `Retry-After` may keep a page waiting; 10 if left out. What takes longer is for the page to tell. */
  patience?: number
  /** Shows a privacy notice of your own. Without it, WeChat shows its own. */
  askPrivacy?: AskPrivacy
  /** `wx`, unless it is told otherwise. */
  platform?: Platform
}

/** `e.detail` of `bindgetphonenumber`. */
export interface PhoneDetail {
  errMsg?: string
  code?: string
}

declare const wx: WechatApi

/** The person's login, for all pages of a mini program: make one, and share it. */
export class Wxlogin {
  private readonly platform: Platform
  private readonly language: Language
  private readonly patience: number
  private readonly addresses: string[]
  private readonly http: Http
  private readonly session: Session

  constructor(options: Options) {
    const { appid, device, language = 'zh', timeout = 10_000, patience = 10, askPrivacy } = options
    const service = bare(options.service)
    this.platform = options.platform ?? platformOf(wx)
    this.language = language
    this.patience = patience
    this.addresses = [service, ...(options.backends ?? []).map(bare)]
    this.http = new Http(this.platform, service, language, timeout)
    const tokens = new Tokens(this.platform, service, appid ?? this.platform.appid?.())
    this.session = new Session(this.http, tokens, { appid, device, language, patience })
    if (askPrivacy) this.platform.onPrivacyNeeded?.(askPrivacy)
  }

  /** Logs in, unless somebody is logged in. For `onLaunch`; the first request does the same. */
  async ready(): Promise<void> {
    await this.session.fresh()
  }

  /** Logs in by hand: after a logout, or with `phone_code` to have the number bound in the same call. */
  login(proof?: LoginProof): Promise<LoginResult> {
    return this.session.logInByHand(proof)
  }

  /**
   * Ends the session, with `all` those of every device. From now on nobody is logged in here until `login()`. Rejects
   * where the service could not be told; the tokens are gone from here all the same.
   */
  logout({ all = false } = {}): Promise<void> {
    return this.session.logOut(all)
  }

  /** Cancels the account (注销): everything that wxlogin holds of it is erased. */
  cancelAccount(): Promise<void> {
    return this.session.cancel()
  }

  /** Sends a request with the token; resolves to the body of the answer. Sent again once at the most. */
  async request<T = unknown>(request: Request): Promise<T> {
    if (!this.isOurs(request.url)) throw localProblem('foreign_address', this.language, request.url)
    const kept = await this.session.fresh()
    try {
      return (await this.http.send(request, kept.access_token)) as T
    } catch (problem) {
      await this.remedy(problem as WxloginProblem, kept)
    }
    const { access_token } = await this.session.fresh()
    return (await this.http.send(request, access_token)) as T
  }

  /** A good access token, for what `request` cannot send: `wx.uploadFile`, a WebSocket. */
  async accessToken(): Promise<string> {
    return (await this.session.fresh()).access_token
  }

  me(): Promise<Account> {
    return this.request({ url: '/v1/me' })
  }

  /** What is left out stays; null clears. */
  updateMe(change: ProfileChange): Promise<Account> {
    return this.request({ url: '/v1/me', method: 'PATCH', data: change })
  }

  /** Where the account is logged in, the oldest first. */
  async sessions(): Promise<AccountSession[]> {
    return (await this.request<Schemas['Sessions']>({ url: '/v1/me/sessions' })).sessions
  }

  /** Logs another device out. */
  endSession(id: string): Promise<void> {
    return this.request({ url: `/v1/me/sessions/${encodeURIComponent(id)}`, method: 'DELETE' })
  }

  /**
   * Before a getPhoneNumber button is shown: has the privacy notice agreed to, and logs in. A tap then only has to send
   * its code.
   */
  async preparePhone(): Promise<void> {
    await this.authorizePrivacy()
    await this.ready()
  }

  /** Binds the number of a tap on a getPhoneNumber button. */
  async bindPhone({ code, errMsg = '' }: PhoneDetail): Promise<Account> {
    if (code) return this.request({ url: '/v1/me/phone', method: 'PUT', data: { phone_code: code } })
    const why = /not authorized/.test(errMsg)
      ? 'privacy_denied'
      : /deny|cancel/.test(errMsg)
        ? 'phone_denied'
        : 'phone_unavailable'
    throw localProblem(why, this.language, errMsg)
  }

  removePhone(): Promise<void> {
    return this.request({ url: '/v1/me/phone', method: 'DELETE' })
  }

  /** Resolves when the person has agreed to the privacy notice; at once, if they did before. */
  async authorizePrivacy(): Promise<void> {
    await this.platform.authorizePrivacy?.().catch((reason) => {
      throw localProblem('privacy_denied', this.language, reason)
    })
  }

  /** Does what a problem asks for before the request is sent again; throws it where nothing helps. */
  private async remedy(problem: WxloginProblem, used: Kept): Promise<void> {
    const { status, action, retryAfter } = problem
    // A backend may refuse a token in words of its own: then its time is over, as far as anybody knows.
    if (status === 401) await this.session.renew(used, action === 'relogin')
    else if (action === 'retry' && retryAfter && retryAfter <= this.patience)
      await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000))
    else throw problem
  }

  private isOurs(url: string): boolean {
    return url[0] === '/' || this.addresses.some((address) => url === address || url.startsWith(`${address}/`))
  }
}

/** Without slashes at the end. */
const bare = (url: string) => url.replace(/\/+$/, '')

export const createWxlogin = (options: Options): Wxlogin => new Wxlogin(options)
