/** What the kit needs of its surroundings. `platformOf` makes it out of `wx`, `Taro` or `uni`. */
export interface Platform {
  /** A new code of `wx.login`: good for five minutes and for one request. */
  login(timeout: number): Promise<string>
  /** Rejects where there is no answer; whatever status an answer has, it is one. */
  request(request: PlatformRequest): Promise<PlatformAnswer>
  /** May throw, as the next two: the kit then goes on without a storage. */
  read(key: string): unknown
  write(key: string, value: unknown): void
  remove(key: string): void
  /** The appid of this mini program. */
  appid?(): string | undefined
  /** Resolves when the person has agreed to the privacy notice, at once if they did before. */
  authorizePrivacy?(): Promise<void>
  /** Calls back whenever WeChat wants the privacy notice agreed to. */
  onPrivacyNeeded?(ask: AskPrivacy): void
}

export interface PlatformRequest {
  url: string
  method: Method
  data: unknown
  header: Record<string, string>
  /** Milliseconds. */
  timeout: number
}

export interface PlatformAnswer {
  status: number
  /** Parsed, where it is JSON. */
  body: unknown
  header: Record<string, unknown>
}

/** What `wx.request` can send. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Shows the privacy notice with a `<button open-type="agreePrivacyAuthorization">`, and resolves to the id of that
 * button when it was tapped, or to nothing where the person refused.
 */
export type AskPrivacy = () => Promise<string | undefined>
