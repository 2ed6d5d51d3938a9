// The last result: tokens and accounts in short, problem documents as they came, with the remedy in words.

let lastResult = null

/** `remedy` is what a problem's action says: `act` does it, `name` is that of its text. */
function showResult(result, remedy = null) {
  lastResult = { ...result, remedy, at: Date.now() }
  drawResult()
}

function drawResult() {
  const place = byId('result')
  const hadFocus = place.contains(document.activeElement)
  if (!lastResult) place.replaceChildren(element('p', { className: 'empty' }, text('nothing_yet')))
  else if (lastResult.isGood) place.replaceChildren(...good(lastResult))
  else place.replaceChildren(...problem(lastResult))
  // The remedy's button is gone once it is pressed.
  if (hadFocus) place.focus()
}

function good({ status, body }) {
  const head = element('p', { className: 'verdict good' }, `HTTP ${status}`)
  return body ? [head, folded(text('answer'), json(shown(body)))] : [head]
}

function problem({ status, body, wait, remedy, at }) {
  const facts = [
    [text('status'), String(status)],
    [text('code'), element('a', { href: body.type, target: '_blank', rel: 'noopener' }, body.code)],
    [text('action'), body.action],
    [text('retryable'), text(body.retryable ? 'yes' : 'no')],
    [text('request_id'), body.request_id],
  ]
  if (wait) facts.push([text('retry_after'), text('seconds')(wait)])
  return [
    element('p', { className: 'verdict bad' }, body.title),
    element('p', {}, body.detail),
    whatToDo(body.action, remedy, wait, at),
    element('dl', { className: 'facts' }, ...terms(facts)),
    folded(text('document'), json(body)),
  ]
}

function whatToDo(action, remedy, wait, at) {
  const words = element('p', {}, text('remedies')[action])
  const box = element('div', { className: 'remedy' }, element('h3', {}, text('remedy')), words)
  if (!remedy) return box
  const button = element('button', { type: 'button', id: 'remedy' }, text('does')[remedy.name])
  const left = () => Math.ceil(((wait ?? 0) * 1000 + at - Date.now()) / 1000)
  button.addEventListener('click', () => {
    if (left() > 0) say(null, text('wait_first')(left()))
    else remedy.act()
  })
  box.append(button)
  if (wait) {
    button.setAttribute('aria-describedby', 'wait')
    box.append(element('p', { id: 'wait', className: 'remark' }, text('wait_first')(wait)))
  }
  return box
}
drawn(drawResult)
