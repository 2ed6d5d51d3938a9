import { afterEach, beforeEach, vi } from 'vitest'

// The phone's clock stands still, and jumps where there is nothing to do but wait: no test waits for a clock.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})
