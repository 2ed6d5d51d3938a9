import { Bar } from './bar.js'
import type { Http, Request } from './http.js'
import { type Language, localProblem, type ProblemAction, type WxloginProblem } from './problem.js'
import type { components } from './schema.js'
import { isYoung, type Kept, keep, type Tokens } from './tokens.js'

type Schemas = components['schemas']
export type LoginProof = Omit<Partial<Schemas['LoginRequest']>, 'appid' | 'device'>
export type LoginResult = Pick<Schemas['Tokens'], 'account' | 'is_new_account'>

export interface SessionOptions {
  appid: string | undefined
  device: string | undefined
  language: Language
  /** Seconds that `Retry-After` may keep a page waiting. */
  patience: number
}

/** What a login or a refresh answered, and when it was asked for. */
interface Answer {
  tokens: Schemas['Tokens']
  from: number
}

interface Underway {
  kind: 'login' | 'renewal'
  /** As far as it goes, also when nobody wants it any more. */
  answer: Promise<Answer>
  /** Until its tokens are kept. */
  done: Promise<{ kept: Kept; result: LoginResult }>
}

/** Renew when this part of a token's life is over. */
const RENEW_AT = 0.9
/** Seconds before something is tried a second time. */
const PAUSE = 1

const sleep = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))

/** The tokens of the person, and the one login or refresh at a time that gets new ones. */
export class Session {
  private underway: Underway | undefined
  /** Counts the times that somebody left: what was begun before is void. */
  private epoch = 0
  private readonly bars = { login: new Bar(), refresh: new Bar() }

  constructor(
    private readonly http: Http,
    private readonly tokens: Tokens,
    private readonly options: SessionOptions,
  ) {}

  /** Tokens that are good, as far as can be told from here. Logs in or refreshes, where it has to. */
  async fresh(): Promise<Kept> {
    const before = this.tokens.current
    if (before && isYoung(before, RENEW_AT)) return before
    try {
      return await this.renew(before)
    } catch (problem) {
      // Ahead of time: while the old token is good, a renewal that fails does no harm.
      if (before && before === this.tokens.current && isYoung(before, 1)) return before
      throw problem
    }
  }

  /** New tokens in the place of the used ones, unless somebody else has seen to that. */
  async renew(used: Kept | undefined, isDead = false): Promise<Kept> {
    if (this.tokens.left) throw this.loggedOut()
    if (this.underway) return (await this.underway.done).kept
    const current = this.tokens.adopt()
    if (current && current.access_token !== used?.access_token) return current
    if (isDead) this.tokens.set(undefined)
    const renewed = this.alone('renewal', (isVoid) =>
      current && !isDead ? this.refreshOrLogIn(current, isVoid) : this.logIn(),
    )
    return (await renewed).kept
  }

  /** Logs in because somebody wants to. */
  async logInByHand(proof: LoginProof | undefined): Promise<LoginResult> {
    if (!proof && this.underway?.kind === 'login') return (await this.underway.done).result
    while (this.underway) await this.underway.done.catch(() => {})
    return (await this.alone('login', () => this.logIn(proof, true))).result
  }

  /** Ends this session, or with `all` every session of the account. Here, at once; whatever the network does. */
  async logOut(all: boolean): Promise<void> {
    const kept = await this.forget()
    const request: Request = { url: '/v1/logout', method: 'POST', data: { all } }
    if (!kept) return
    await this.end(kept, request).catch((problem: WxloginProblem) => {
      // This session was over before. The others are not.
      if (all || problem.status !== 401) throw problem
    })
  }

  /** Cancels the account. Nobody is logged in meanwhile: with the account gone, that would make a new one. */
  async cancel(): Promise<void> {
    const before = await this.fresh()
    const kept = (await this.forget()) ?? before
    const { epoch } = this
    const request: Request = { url: '/v1/me', method: 'DELETE' }
    try {
      await this.end(kept, request).catch((problem: WxloginProblem) => {
        if (problem.status) throw problem
        // Lost on the way there or on the way back. If it was on the way back, the session is over by now.
        return this.end(kept, request).catch((second: WxloginProblem) => {
          if (second.status !== 401) throw second
        })
      })
    } catch (problem) {
      const { status } = problem as WxloginProblem
      const goesOn = status > 0 && status !== 401
      if (goesOn && epoch === this.epoch && this.tokens.left) this.tokens.set(kept)
      throw problem
    }
  }

  private loggedOut(): WxloginProblem {
    return localProblem('logged_out', this.options.language)
  }

  /** Does the work, and keeps its tokens unless the person left meanwhile. */
  private alone(kind: Underway['kind'], work: (isVoid: () => boolean) => Promise<Answer>): Underway['done'] {
    const { epoch } = this
    const isVoid = () => epoch !== this.epoch
    const answer = work(isVoid)
    const done = answer.then(
      ({ tokens, from }) => {
        if (isVoid()) throw this.loggedOut()
        const kept = keep(tokens, from)
        this.tokens.set(kept)
        return { kept, result: { account: tokens.account, is_new_account: tokens.is_new_account } }
      },
      (problem) => {
        throw isVoid() ? this.loggedOut() : problem
      },
    )
    const underway = { kind, answer, done }
    this.underway = underway
    const over = () => {
      if (this.underway === underway) this.underway = undefined
    }
    // Before anybody who waits for it goes on.
    underway.done = done.finally(over)
    return underway.done
  }

  /** Leaves, and resolves to what there is to end at the service: also what only arrives now. */
  private async forget(): Promise<Kept | undefined> {
    const { current } = this.tokens
    const answer = this.underway?.answer
    this.epoch += 1
    this.underway = undefined
    this.tokens.leave()
    const late = await answer?.catch(() => undefined)
    return late ? keep(late.tokens, late.from) : current
  }

  /** Sends what ends a session. */
  private async end(kept: Kept, request: Request): Promise<void> {
    try {
      await this.http.send(request, kept.access_token)
    } catch (problem) {
      if ((problem as WxloginProblem).action !== 'refresh') throw problem
      const from = Date.now()
      Object.assign(kept, keep(await this.refreshOnce(kept), from))
      await this.http.send(request, kept.access_token)
    }
  }

  private async refreshOrLogIn(current: Kept, isVoid: () => boolean): Promise<Answer> {
    try {
      // Where the answer is lost, the same token is good for another try: the service answers the same successor.
      return await this.obtain(this.bars.refresh, ['retry'], false, () => this.refreshOnce(current))
    } catch (problem) {
      if ((problem as WxloginProblem).status !== 401 || isVoid()) throw problem
      this.tokens.set(undefined)
      return this.logIn()
    }
  }

  /** Logs in with a new code each time. What comes with a proof works once, and is tried once. */
  private logIn(proof?: LoginProof, byHand = false): Promise<Answer> {
    const { appid, device } = this.options
    const actions: ProblemAction[] = proof ? [] : ['relogin', 'retry']
    return this.obtain(this.bars.login, actions, byHand, async () => {
      const data = { code: proof?.code ?? (await this.http.code()), appid, device, ...proof }
      return this.http.send({ url: '/v1/login', method: 'POST', data })
    })
  }

  private refreshOnce({ refresh_token }: Kept): Promise<Schemas['Tokens']> {
    const data = { refresh_token }
    return this.http.send({ url: '/v1/token/refresh', method: 'POST', data }) as Promise<Schemas['Tokens']>
  }

  /** Asks for tokens; a second time where that helps and need not wait for long. */
  private async obtain(
    bar: Bar,
    actions: ProblemAction[],
    byHand: boolean,
    ask: () => Promise<unknown>,
  ): Promise<Answer> {
    bar.check(byHand)
    for (let again = false; ; again = true) {
      const from = Date.now()
      try {
        const tokens = (await ask()) as Schemas['Tokens'] | undefined
        if (!tokens?.access_token) throw localProblem('not_wxlogin', this.options.language, tokens)
        bar.lower()
        return { tokens, from }
      } catch (error) {
        const problem = error as WxloginProblem
        const { status, action, retryAfter } = problem
        if (again || !actions.includes(action) || retryAfter > this.options.patience) {
          // Without an answer, nobody has refused anything; and what a person did wrong bars nobody else.
          if (status > 0 && status !== 401 && (retryAfter || !byHand)) bar.raise(problem)
          throw problem
        }
        await sleep(retryAfter || PAUSE)
      }
    }
  }
}
