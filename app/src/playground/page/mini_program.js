// What the mini program does, one function for each button.

// All but the line of words on the phone, which says so: what is busy is not read out.
const working = document.querySelectorAll('.screen, .wide')

/** One thing at a time: buttons wait until it is over. */
let isBusy = false
async function doing(title, work) {
  if (isBusy) return
  isBusy = true
  document.body.classList.add('busy')
  for (const part of working) part.setAttribute('aria-busy', 'true')
  say('busy')
  heading(title)
  try {
    if (settings.stand_in) await journal.skip()
    await work()
  } catch (error) {
    say(null, error.message)
  } finally {
    isBusy = false
    document.body.classList.remove('busy')
    for (const part of working) part.removeAttribute('aria-busy')
  }
}

const who = () => ({ appid: chosenApp(), user: chosenUser() })

/** `wx.login`: a code, for one login. Without the stand-in somebody brings it along, and it leaves the screen at once. */
async function freshCode(more = {}) {
  if (!settings.stand_in) {
    const brought = byId('code').value.trim()
    byId('code').value = ''
    return brought
  }
  const { code } = await onPhone('wx.login()', 'code', { ...who(), ...more })
  return code
}

/** Shows what came of a call; answers whether it is what was wished for. `again` is the button that led to it. */
function came(result, again) {
  if (result.isGood) {
    showResult(result)
    return true
  }
  showResult(result, remedyFor(result, again))
  if (isOver(result)) forget()
  say(null, result.body.title)
  return false
}

/** Whether nobody is logged in any more. An access token that has expired has a refresh token beside it. */
const isOver = ({ status, body }) => status === 401 && body.action !== 'refresh'

/** What the problem's action is on this phone, if it is anything: `act`, and what it is called. */
function remedyFor(result, again) {
  const { action } = result.body
  if (action === 'refresh') return { name: 'refresh', act: refresh }
  if (action !== 'relogin' && action !== 'retry') return null
  const act = isOver(result) ? login : again
  // Without the stand-in the next code has to be brought along first.
  if (act === login && !settings.stand_in) return null
  return { name: act === getPhoneNumber ? 'tap' : action, act }
}

function keep(tokens) {
  person.tokens = tokens
  person.account = tokens.account
  showToken(tokens.access_token)
}

function forget() {
  person.tokens = null
  person.account = null
  person.sessions = []
  showToken(null)
  drawPhone()
}

const authorized = () => ({ token: person.tokens.access_token })

async function readSessions() {
  const result = await service('GET', '/v1/me/sessions', authorized())
  if (result.isGood) person.sessions = result.body.sessions
  drawPhone()
}

/** Sends a code; answers whether it was good. */
async function logInWith(code) {
  const result = await service('POST', '/v1/login', { body: { appid: chosenApp(), code } })
  if (!came(result, login)) return false
  keep(result.body)
  await readSessions()
  say(result.body.is_new_account ? 'welcome_new' : 'logged_in')
  return true
}

const login = () => doing('login', async () => logInWith(await freshCode()))

const getPhoneNumber = () =>
  doing('get_phone_number', async () => {
    const { code } = await onPhone('getPhoneNumber', 'phone-code', who())
    await bindPhone({ phone_code: code }, getPhoneNumber)
  })

async function bindPhone(body, again) {
  const result = await service('PUT', '/v1/me/phone', { body, ...authorized() })
  if (!came(result, again)) return
  person.account = result.body
  drawPhone()
  say('phone_bound')
}

const refresh = () =>
  doing('refresh', async () => {
    const result = await service('POST', '/v1/token/refresh', { body: { refresh_token: person.tokens.refresh_token } })
    if (!came(result, refresh)) return
    keep(result.body)
    drawPhone()
    say('refreshed')
  })

const logout = () =>
  doing('logout', async () => {
    const result = await service('POST', '/v1/logout', { body: {}, ...authorized() })
    if (!came(result, logout)) return
    forget()
    say('logged_out')
  })

const cancelAccount = () =>
  doing('cancel_account', async () => {
    const result = await service('DELETE', '/v1/me', authorized())
    if (!came(result, cancelAccount)) return
    forget()
    say('account_gone')
  })

const endSession = (id) =>
  doing('end_session', async () => {
    const result = await service('DELETE', `/v1/me/sessions/${encodeURIComponent(id)}`, authorized())
    if (!came(result, () => endSession(id))) return
    await readSessions()
    say('session_ended')
  })
