import type { components } from './schema.js'

type Schemas = components['schemas']

/** What a client does about a problem. */
export type ProblemAction = Schemas['ProblemAction']
/** The machine-readable name of a problem. */
export type ProblemCode = Schemas['ProblemCode']
/** A field of the request that is wrong. */
export type FieldError = Schemas['FieldError']

/** A refusal of the service: a problem document (RFC 9457). */
export class WxloginProblem extends Error {
  override readonly name = 'WxloginProblem'
  /** The HTTP status. */
  readonly status: number
  /** Absent where it was not wxlogin that answered, but a proxy on the way. */
  readonly code: ProblemCode | undefined
  readonly action: ProblemAction | undefined
  /** What happened, in a few words. */
  readonly title: string | undefined
  /** Whether the same wish may succeed later with nobody changing anything. */
  readonly retryable: boolean
  /** Seconds to wait, where the service named them. */
  readonly retryAfter: number | undefined
  /** What an operator finds in the log. */
  readonly requestId: string | undefined
  /** Which fields of the request are wrong. */
  readonly errors: FieldError[]

  constructor({ status, headers }: Response, body: unknown) {
    const problem: Partial<Schemas['Problem']> = typeof body === 'object' && body !== null ? body : {}
    super(problem.detail ?? `HTTP ${status}`)
    this.status = status
    this.code = problem.code
    this.action = problem.action
    this.title = problem.title
    this.retryable = problem.retryable ?? false
    this.retryAfter = seconds(headers.get('Retry-After'))
    this.requestId = problem.request_id ?? headers.get('X-Request-Id') ?? undefined
    this.errors = problem.errors ?? []
  }
}

/** `Retry-After`: seconds, or a date where a proxy wrote it (RFC 9110, section 10.2.3). */
function seconds(value: string | null): number | undefined {
  if (!value) return undefined
  const number = Number(value)
  const wait = Number.isNaN(number) ? Math.ceil((Date.parse(value) - Date.now()) / 1000) : number
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
