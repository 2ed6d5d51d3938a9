// The stand-in WeChat: what a phone asks of it, and what it tells of wxlogin's calls.

const PLATFORM = '/playground/platform/sandbox'

async function platform(method, path, body) {
  const [response, content] = await reach(`${PLATFORM}/${path}`, { method, body: body && JSON.stringify(body) })
  // What passes through a tunnel or a proxy does not get there.
  if (response.status === 404) throw new Error(text('only_here'))
  const answer = JSON.parse(content)
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** The phone asks WeChat: the call has the name that it has in a mini program. */
async function onPhone(call, path, body) {
  message('program', 'wechat', 'request', call, body)
  const answer = await platform('POST', path, body)
  message('wechat', 'program', 'good', () => text('answered'), answer)
  return answer
}

/** Follows wxlogin's calls to WeChat, which the stand-in numbers. */
const journal = {
  seen: 0,
  unanswered: null,
  reading: Promise.resolve(),

  /** One reading after the other: each shows what is new. The answer to the last call may still be on its way. */
  follow(isOver) {
    if (!settings.stand_in) return Promise.resolve()
    this.reading = this.reading.then(() => this.read(isOver)).catch(() => {})
    return this.reading
  },

  async read(isOver) {
    const { requests } = await platform('GET', 'journal')
    for (const request of requests.filter(({ number }) => number > this.seen)) {
      this.answer()
      this.seen = request.number
      message('service', 'wechat', 'request', `${request.method} ${request.api}`, request.asked)
      this.unanswered = request
    }
    if (isOver) this.answer()
  },

  answer() {
    if (!this.unanswered) return
    const { answer, fault = {} } = this.unanswered
    this.unanswered = null
    const isGood = answer !== undefined && !answer.errcode
    message('wechat', 'service', isGood ? 'good' : 'bad', () => answerLabel(answer, fault), answer)
  },

  /** What happened before is not shown: it is somebody else's, or that of a stand-in which has since begun anew. */
  async skip() {
    await this.reading
    this.unanswered = null
    const { requests } = await platform('GET', 'journal')
    this.seen = requests.at(-1)?.number ?? 0
  },
}

function answerLabel(answer, fault) {
  const late = fault.latency_ms ? text('late')(fault.latency_ms / 1000) : ''
  if (answer?.errcode) return `errcode ${answer.errcode}${late}`
  if (answer) return `${text('answered')}${late}`
  if (fault.hang) return text('no_answer')
  if (fault.disconnect) return text('broken')
  return (fault.http_status ? text('html_page')(fault.http_status) : text('spoiled')) + late
}
