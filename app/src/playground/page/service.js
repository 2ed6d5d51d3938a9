// wxlogin, as `wx.request` would call it.

/** Answers the status, the body, and how long to wait. Whatever wxlogin asks WeChat meanwhile is in the picture too. */
async function service(method, path, { body, token } = {}) {
  const headers = { 'Accept-Language': language }
  if (body) headers['Content-Type'] = 'application/json'
  if (token) headers.Authorization = `Bearer ${token}`
  const payload = token ? { authorization: `Bearer ${masked(token)}`, ...body } : body
  message('program', 'service', 'request', `${method} ${path}`, payload)
  const watching = setInterval(() => journal.follow(false), 400)
  try {
    const [response, content] = await reach(path, { method, headers, body: body && JSON.stringify(body) })
    const answer = content ? JSON.parse(content) : null
    await journal.follow(true)
    const what = response.ok ? '' : ` ${answer.code}`
    message('service', 'program', response.ok ? 'good' : 'bad', `${response.status}${what}`, answer)
    const wait = Number(response.headers.get('Retry-After')) || null
    return { isGood: response.ok, status: response.status, body: answer, wait }
  } finally {
    clearInterval(watching)
  }
}
