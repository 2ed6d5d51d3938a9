// The last result: tokens and accounts in short, problem documents as they came, with the remedy in words.

let lastResult = null

/** `remedy` does what a problem's action says. */
function showResult(result, remedy) {
  lastResult = { ...result, remedy }
  drawResult()
}

function drawResult() {
  const place = byId('result')
  if (!lastResult) place.replaceChildren(element('p', { className: 'empty' }, text('nothing_yet')))
  else if (lastResult.isGood) place.replaceChildren(...good(lastResult))
  else place.replaceChildren(...problem(lastResult))
}

function good({ status, body }) {
  const head = element('p', { className: 'verdict good' }, `HTTP ${status}`)
  return body ? [head, folded(text('answer'), json(shown(body)))] : [head]
}

function problem({ status, body, wait, remedy }) {
  const facts = [
    [text('status'), String(status)],
    [text('code'), element('a', { href: body.type }, body.code)],
    [text('action'), body.action],
    [text('retryable'), text(body.retryable ? 'yes' : 'no')],
  ]
  if (wait) facts.push([text('retry_after'), text('seconds')(wait)])
  return [
    element('p', { className: 'verdict bad' }, body.title),
    element('p', {}, body.detail),
    whatToDo(body.action, remedy),
    element('dl', { className: 'facts' }, ...terms(facts)),
    folded(text('document'), json(body)),
  ]
}

function whatToDo(action, remedy) {
  const words = element('p', {}, text('remedies')[action])
  const box = element('div', { className: 'remedy' }, element('h3', {}, text('remedy')), words)
  // Without the stand-in the next code has to be brought along first.
  if (remedy && settings.stand_in && text(`do_${action}`)) {
    const button = element('button', { type: 'button', id: 'remedy' }, text(`do_${action}`))
    button.addEventListener('click', remedy)
    box.append(button)
  }
  return box
}
drawn(drawResult)
