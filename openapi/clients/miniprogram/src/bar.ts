import { still, type WxloginProblem } from './problem.js'

/** Seconds for which a refusal without `Retry-After` stands, so that pages that ask again and again do not. */
const HOLD = 5

/** Keeps logins or refreshes away from a service that has just refused one: it would be the same again. */
export class Bar {
  private from = 0
  private until = 0
  private problem: WxloginProblem | undefined
  /** Whether the service named the time. */
  private told = false

  raise(problem: WxloginProblem): void {
    this.from = Date.now()
    this.until = this.from + (problem.retryAfter || HOLD) * 1000
    this.told = problem.retryAfter > 0
    this.problem = problem
  }

  lower(): void {
    this.problem = undefined
  }

  /** Throws what was refused, while that stands. People may try earlier, where the service named no time. */
  check(byHand: boolean): void {
    const now = Date.now()
    const stands = this.problem && now >= this.from && now < this.until && !(byHand && !this.told)
    if (this.problem && stands) throw still(this.problem, this.told ? Math.ceil((this.until - now) / 1000) : 0)
  }
}
