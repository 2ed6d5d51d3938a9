// Experiments: the stand-in gets into trouble, the mini program does what it always does.

/** A login while the stand-in is in trouble, for one call of wxlogin. */
const loginUnder = (fault) => async () => {
  const endpoint = 'jscode2session'
  await platform('POST', 'fault', { endpoint, times: 1, ...fault })
  try {
    await logInWith(await freshCode())
  } finally {
    // A call that wxlogin did not make leaves the fault behind.
    await platform('DELETE', 'fault', { endpoint })
  }
}

/** Today's button gives a code; the one before gave data that open under one session_key alone. */
async function bindEncryptedPhone() {
  const data = await onPhone('getPhoneNumber → encryptedData, iv', 'phone', who())
  await bindPhone(data, () => doing('rotated', loginThenPhone))
}

async function loginThenPhone() {
  if (await logInWith(await freshCode())) await bindEncryptedPhone()
}

const experiments = {
  expired: async () => logInWith(await freshCode({ expired: true })),
  twice: async () => {
    const code = await freshCode()
    if (await logInWith(code)) await logInWith(code)
  },
  used: loginUnder({ errcode: 40163 }),
  frequent: loginUnder({ errcode: 45011 }),
  secret: loginUnder({ errcode: 40125 }),
  slow: loginUnder({ latency_ms: 1500 }),
  silent: loginUnder({ hang: true }),
  down: loginUnder({ http_status: 502 }),
  rotated: async () => {
    if (!person.tokens && !(await logInWith(await freshCode()))) return
    await platform('POST', 'rotate', who())
    await bindEncryptedPhone()
  },
}

drawn(() => {
  const items = Object.entries(experiments).map(([name, work]) => {
    const [title, remark] = text('failures')[name]
    const button = element('button', { type: 'button' }, title, element('span', { className: 'remark' }, remark))
    button.dataset.failure = name
    button.addEventListener('click', () => {
      // Whoever is logged out logs in first, as the form says.
      if (person.tokens || byId('out').reportValidity()) doing(name, work)
    })
    return element('li', {}, button)
  })
  byId('failures').replaceChildren(...items)
})
