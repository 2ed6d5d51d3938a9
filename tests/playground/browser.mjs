// Chromium without a window, and what holds for every page: it runs without an error, keeps to its own policy, and asks
// nobody but the service.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

/** A name of the service's that is not this machine's: some libraries behave themselves on localhost alone. */
export const HOST = 'login.example'

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
})
export const close = () => browser.close()

/** Opens a page of the service; `complaints` is what went wrong in it so far. */
export async function open(url, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type()) && !isRefusal(line)) complaints.push(line.text())
  })
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.protocol !== 'data:' && asked.origin !== new URL(url).origin) complaints.push(`asked ${asked}`)
  })
  // Kept by the page itself, whatever the console says of it.
  await page.addInitScript(() => {
    globalThis.violations = []
    globalThis.shifts = []
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      globalThis.violations.push(`${violatedDirective} ${blockedURI}`),
    )
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) if (!shift.hadRecentInput) globalThis.shifts.push(shift.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const response = await page.goto(url)
  assert.equal(response.status(), 200)
  assert.match(response.headers()['content-security-policy'], /default-src 'none'/)
  const check = async () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual(await page.evaluate(() => globalThis.violations), [])
  }
  return { page, check, close: () => context.close() }
}

/** What the service refuses, the console calls an error: it is what these pages show. */
function isRefusal(line) {
  const { pathname } = new URL(line.location().url || 'data:,')
  return line.text().startsWith('Failed to load resource: the server responded with') && pathname.startsWith('/v1/')
}
