import createFetchClient, { type Client } from 'openapi-fetch'
import { WxloginProblem } from './problem.js'
import type { components, paths } from './schema.js'

type Schemas = components['schemas']
type Token = string | (() => string | undefined | Promise<string | undefined>)

export interface Options {
  /** Where wxlogin is, such as `https://login.example.com`. */
  baseUrl: string
  /** What calls are authorised with: an access token, or an API key; or what finds it out for each call. */
  token?: Token
  /** The language of `title` and `detail` in problems. The service speaks Chinese unless told otherwise. */
  language?: 'zh' | 'en'
  /** Milliseconds after which a call is given up; 10 000 if left out. */
  timeout?: number
  /** In the place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>
}

/** In these, what is in the body is the credential. */
const OPEN = ['/v1/login', '/v1/token/refresh', '/v1/revoke']
const FORM = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }

/**
 * A client of wxlogin. It keeps no tokens: what a login or a refresh answers is the caller's to keep.
 *
 * Every method rejects with a `WxloginProblem` where the service refuses, and with what `fetch` throws where there is
 * no answer.
 */
export class WxloginClient {
  /** Every operation of the service by its path, such as `client.http.GET('/admin/v1/stats')`. See `answerOf`. */
  readonly http: Client<paths>
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
    const { baseUrl, token, language, timeout = 10_000, fetch = globalThis.fetch } = options
    this.http = createFetchClient<paths>({
      baseUrl,
      headers: language ? { 'Accept-Language': language } : {},
      fetch: (request) => fetch(new Request(request, { signal: AbortSignal.timeout(timeout) })),
    })
    this.http.use({
      async onRequest({ request, schemaPath }) {
        const value = typeof token === 'function' ? await token() : token
        if (value && !OPEN.includes(schemaPath)) request.headers.set('Authorization', `Bearer ${value}`)
        return request
      },
    })
  }

  /** The same client with another token. */
  as(token: Token): WxloginClient {
    return new WxloginClient({ ...this.#options, token })
  }

  /** Logs in with a code of `wx.login`. */
  login(request: Schemas['LoginRequest']): Promise<Schemas['Tokens']> {
    return answerOf(this.http.POST('/v1/login', { body: request }))
  }

  /** Exchanges a refresh token for new tokens. It works once; a repeat within a minute answers the same again. */
  refresh(request: Schemas['RefreshRequest']): Promise<Schemas['Tokens']> {
    return answerOf(this.http.POST('/v1/token/refresh', { body: request }))
  }

  /** Ends the session of the token, or with `all` every session of its account. */
  async logout(request: Schemas['LogoutRequest'] = {}): Promise<void> {
    await answerOf(this.http.POST('/v1/logout', { body: request }))
  }

  /** Ends the session of an access or refresh token (RFC 7009). */
  async revoke(token: string): Promise<void> {
    await answerOf(this.http.POST('/v1/revoke', { ...FORM, body: { token } }))
  }

  /** What is true of an access token at this moment (RFC 7662); with an API key of the scope `introspect`. */
  introspect(token: string): Promise<Schemas['Introspection']> {
    return answerOf(this.http.POST('/v1/introspect', { ...FORM, body: { token } }))
  }

  /** The public keys that access tokens are verified with. */
  jwks(): Promise<Schemas['Jwks']> {
    return answerOf(this.http.GET('/.well-known/jwks.json'))
  }

  /** The account of the access token. */
  readonly me = {
    get: (): Promise<Schemas['Account']> => answerOf(this.http.GET('/v1/me')),

    /** What is left out stays; null clears. */
    update: (change: Schemas['ProfileChange']): Promise<Schemas['Account']> =>
      answerOf(this.http.PATCH('/v1/me', { body: change })),

    /** Cancels the account: it is erased, and its sessions end. */
    delete: async (): Promise<void> => {
      await answerOf(this.http.DELETE('/v1/me'))
    },

    /** Everything that is held about the account. */
    export: (): Promise<Schemas['AccountExport']> => answerOf(this.http.GET('/v1/me/export')),

    /** Opens what WeChat encrypted. Nothing of it is kept. */
    decrypt: async (request: Schemas['DecryptRequest']): Promise<unknown> =>
      (await answerOf(this.http.POST('/v1/me/decrypt', { body: request }))).data,

    phone: {
      set: (proof: Schemas['PhoneProof']): Promise<Schemas['Account']> =>
        answerOf(this.http.PUT('/v1/me/phone', { body: proof })),
      remove: async (): Promise<void> => {
        await answerOf(this.http.DELETE('/v1/me/phone'))
      },
    },

    sessions: {
      /** Where the account is logged in, the oldest first. */
      list: async (): Promise<Schemas['Session'][]> => (await answerOf(this.http.GET('/v1/me/sessions'))).sessions,
      end: async (id: string): Promise<void> => {
        await answerOf(this.http.DELETE('/v1/me/sessions/{id}', { params: { path: { id } } }))
      },
    },
  }
}

/** What an operation of `client.http` answers, or the problem thrown. */
export async function answerOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw new WxloginProblem(response, error)
  return data as T
}
