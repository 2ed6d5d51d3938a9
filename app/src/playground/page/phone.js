// The screen of the phone: who is logged in, and the account.

const person = { tokens: null, account: null, sessions: [] }
let toast = { key: null, literal: '' }

/** A line of a few words: one of ours, or one that wxlogin wrote for people. */
function say(key, literal = '') {
  toast = { key, literal }
  drawToast()
}

function drawToast() {
  byId('toast').textContent = toast.key ? text(toast.key) : toast.literal
}

function accountTerms({ id, created_at: createdAt, phone, identities }) {
  const identity = identities.find(({ appid }) => appid === chosenApp()) ?? identities[0]
  return terms([
    [text('id'), id],
    [text('phone'), phone ? phone.number : text('none')],
    [text('openid'), identity?.openid ?? text('none')],
    [text('unionid'), identity?.unionid ?? text('none')],
    [text('created_at'), time(createdAt)],
  ])
}

function sessionItem(session) {
  const title = `${session.user_agent ?? session.appid} · ${time(session.created_at)}`
  const what = element('span', {}, title)
  if (session.current) return element('li', {}, what, element('span', { className: 'current' }, text('this_session')))
  const button = element('button', { type: 'button', className: 'small' }, text('end_session'))
  button.setAttribute('aria-label', `${text('end_session')}: ${title}`)
  button.addEventListener('click', () => endSession(session.id))
  return element('li', {}, what, button)
}

function drawSessions() {
  const place = byId('sessions')
  const hadFocus = place.contains(document.activeElement)
  place.replaceChildren(...person.sessions.map(sessionItem))
  // The button is gone with its session.
  if (hadFocus) (place.querySelector('button') ?? document.querySelector('.screen')).focus()
}

function drawPhone() {
  const isIn = person.tokens !== null
  const [here, gone] = isIn ? [byId('in'), byId('out')] : [byId('out'), byId('in')]
  const hadFocus = gone.contains(document.activeElement)
  here.hidden = false
  gone.hidden = true
  // Who works with the keyboard stays on the screen of the phone.
  const first = settings.stand_in ? 'phone-number' : 'refresh'
  if (hadFocus) byId(isIn ? first : 'login').focus()
  if (!isIn) return
  byId('account').replaceChildren(...accountTerms(person.account))
  drawSessions()
}

const chosenApp = () => byId('app').value
const chosenUser = () => byId('user').value.trim()

const optionOf = ({ appid, name }) => element('option', { value: appid }, name ? `${name} · ${appid}` : appid)
byId('app').append(...settings.apps.map(optionOf))
drawn(drawPhone)
drawn(drawToast)
