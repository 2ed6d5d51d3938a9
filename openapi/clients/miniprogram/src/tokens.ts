import type { Platform } from './platform.js'
import type { components } from './schema.js'

/**
 * Tokens, and when they were asked for, by the phone's own clock. It may be wrong by hours: only what has passed on it
 * since then counts, and `exp` in the token, which is by the service's clock, is never looked at.
 */
export interface Kept {
  access_token: string
  refresh_token: string
  from: number
  expires_in: number
}

interface Record {
  service: string
  appid: string | undefined
  /** Absent when nobody is logged in. */
  tokens?: Kept
  /** Whether the person left: then nobody is logged in by itself. */
  left?: boolean
}

const KEY = 'wxlogin'

export const keep = (tokens: components['schemas']['Tokens'], from: number): Kept => ({
  access_token: tokens.access_token,
  refresh_token: tokens.refresh_token,
  from,
  expires_in: tokens.expires_in,
})

/** Whether less than this part of their life has passed. On a clock that was set back, nobody knows. */
export function isYoung({ from, expires_in }: Kept, part: number): boolean {
  const age = Date.now() - from
  return age >= 0 && age < part * expires_in * 1000
}

/** The tokens in memory and in the storage. A storage that fails costs a login at the next start, and no more. */
export class Tokens {
  current: Kept | undefined
  left = false

  constructor(
    private readonly platform: Platform,
    private readonly service: string,
    private readonly appid: string | undefined,
  ) {
    const { tokens, left = false } = this.stored()
    this.current = tokens
    this.left = left
  }

  set(current: Kept | undefined): void {
    this.current = current
    this.left = false
    this.write()
  }

  leave(): void {
    this.current = undefined
    this.left = true
    this.write()
  }

  /** Takes over what another part of the mini program has stored since. */
  adopt(): Kept | undefined {
    const { tokens } = this.stored()
    if (tokens && tokens.from > (this.current?.from ?? 0)) this.current = tokens
    return this.current
  }

  /** What is stored, unless it is another service's or another mini program's, or was never written by this. */
  private stored(): Partial<Record> {
    try {
      const record = this.platform.read(KEY) as Partial<Record> | undefined
      if (record?.service !== this.service || record.appid !== this.appid) return {}
      const { tokens, left } = record
      const whole = tokens && tokens.access_token && tokens.refresh_token && tokens.from && tokens.expires_in
      return { ...(whole && { tokens }), left: left === true }
    } catch {
      return {}
    }
  }

  private write(): void {
    const record: Record = { service: this.service, appid: this.appid, left: this.left }
    if (this.current) record.tokens = this.current
    try {
      this.platform.write(KEY, record)
    } catch {
      // An old refresh token would look like a stolen one: better none.
      try {
        this.platform.remove(KEY)
      } catch {}
    }
  }
}
