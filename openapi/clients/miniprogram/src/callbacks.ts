import type { AskPrivacy, Platform } from './platform.js'

interface Callbacks<T> {
  success: (result: T) => void
  fail: (reason: { errMsg: string }) => void
}
type PrivacyAnswer = { event: 'agree'; buttonId: string } | { event: 'disagree' }

/** What `wx`, `Taro` and `uni` have in common. */
export interface WechatApi {
  login(options: { provider: 'weixin'; timeout: number } & Callbacks<{ code: string }>): unknown
  request(
    options: {
      url: string
      method: 'GET' | 'POST' | 'PUT' | 'DELETE'
      // Each of the three has its own idea of a body.
      data: any
      header: Record<string, string>
      timeout: number
    } & Callbacks<{ statusCode: number; data: unknown; header?: object }>,
  ): unknown
  getStorageSync(key: string): unknown
  setStorageSync(key: string, value: unknown): void
  removeStorageSync(key: string): void
  getAccountInfoSync?(): { miniProgram: { appId: string } }
  requirePrivacyAuthorize?(options: Callbacks<unknown>): unknown
  // Typed wrongly by WeChat's own types: what a listener gets is `resolve`.
  onNeedPrivacyAuthorization?(listener: (resolve: any) => void): unknown
}

/** A platform out of `wx`, `Taro` or `uni`. */
export function platformOf(api: WechatApi): Platform {
  const promised = <T>(call: (callbacks: Callbacks<T>) => unknown) =>
    new Promise<T>((success, fail) => {
      call({ success, fail })
    })
  return {
    async login(timeout) {
      return (await promised<{ code: string }>((then) => api.login({ provider: 'weixin', timeout, ...then }))).code
    },
    async request(request) {
      const answer = await promised<{ statusCode: number; data: unknown; header?: object }>((then) =>
        api.request({ ...request, ...then }),
      )
      return { status: answer.statusCode, body: answer.data, header: { ...answer.header } }
    },
    read: (key) => api.getStorageSync(key),
    write: (key, value) => api.setStorageSync(key, value),
    remove: (key) => api.removeStorageSync(key),
    appid: () => api.getAccountInfoSync?.().miniProgram.appId,
    // Base libraries before 2.32.3 know of no privacy notice.
    async authorizePrivacy() {
      if (api.requirePrivacyAuthorize) await promised((then) => api.requirePrivacyAuthorize?.(then))
    },
    onPrivacyNeeded(ask) {
      const once = shared(ask)
      api.onNeedPrivacyAuthorization?.((resolve: (answer: PrivacyAnswer) => void) => {
        const answer = (buttonId?: string) => resolve(buttonId ? { event: 'agree', buttonId } : { event: 'disagree' })
        once().then(answer, () => answer())
      })
    },
  }
}

/** Asks once, however many wait for the answer: one notice on the screen at a time. */
function shared(ask: AskPrivacy): AskPrivacy {
  let asked: Promise<string | undefined> | undefined
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined
    })
    return asked
  }
}
