// The picture: three lifelines, and an arrow for every message.

const MOST_STEPS = 300
const sequence = byId('sequence')
const steps = []

const participants = () => ({
  program: text('mini_program'),
  service: 'wxlogin',
  wechat: text(settings.stand_in ? 'stand_in' : 'wechat'),
})

/** One message. `label` is a text, or makes one in the language of the moment; `kind` is request, good or bad. */
function message(from, to, kind, label, payload) {
  add({ from, to, kind, label, payload })
}

/** What the messages below are about. */
function heading(key) {
  add({ heading: key, at: Date.now() })
}

function add(step) {
  steps.push(step)
  if (steps.length > MOST_STEPS) {
    steps.shift()
    sequence.firstElementChild.remove()
  }
  sequence.append(stepItem(step))
  sequence.scrollTop = sequence.scrollHeight
}

function stepItem(step) {
  if (step.heading) {
    const title = element('span', {}, text(step.heading) || text('failures')[step.heading][0])
    return element('li', { className: 'heading' }, title, element('time', {}, new Date(step.at).toLocaleTimeString(language)))
  }
  const names = participants()
  const label = typeof step.label === 'function' ? step.label() : step.label
  const who = element('span', { className: 'unseen' }, `${names[step.from]} → ${names[step.to]}: `)
  const arrow = element('span', { className: `arrow ${step.from}-${step.to}` })
  arrow.setAttribute('aria-hidden', 'true')
  const line = [arrow, who, element('span', { className: 'label' }, label)]
  const hasPayload = step.payload !== undefined && step.payload !== null
  const inner = hasPayload
    ? element('details', {}, element('summary', {}, ...line), json(shown(step.payload)))
    : element('div', { className: 'plain' }, ...line)
  return element('li', { className: `step ${step.kind}` }, inner)
}

drawn(() => {
  byId('wechat').textContent = participants().wechat
  sequence.replaceChildren(...steps.map(stepItem))
})
byId('clear').addEventListener('click', () => {
  steps.length = 0
  sequence.replaceChildren()
})
