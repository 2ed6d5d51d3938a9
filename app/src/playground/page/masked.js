// What would be good for something is shown by its beginning alone, here as in every log.

const SECRET = ['access_token', 'refresh_token', 'code', 'phone_code', 'js_code', 'encrypted_data', 'iv']

const masked = (secret) => `${secret.slice(0, 6)}••••••`

/** A copy whose secrets are masked, however deep they are. `code` is one where wx.login or WeChat means it. */
function shown(value, name = '') {
  if (Array.isArray(value)) return value.map((item) => shown(item))
  if (value !== null && typeof value === 'object') {
    const isProblem = 'action' in value && 'request_id' in value
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([key, inner]) => [key, isProblem ? inner : shown(inner, key)]))
  }
  const isMasked = typeof value === 'string' && value.includes('••••')
  return typeof value === 'string' && SECRET.includes(name) && !isMasked ? masked(value) : value
}
