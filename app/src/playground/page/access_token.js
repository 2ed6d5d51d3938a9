// What an access token says. It is read here, not verified: that is for backends, with the public keys.

let accessToken = null

/** A part of a JWT. */
function part(encoded) {
  const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes))
}

function claims(members) {
  const times = ['iat', 'exp']
  const entries = Object.entries(members).map(([name, value]) => [
    name,
    times.includes(name) ? `${value} (${time(value * 1000)})` : String(value),
    text('claims')[name],
  ])
  return element('dl', { className: 'claims' }, ...terms(entries))
}

function drawToken() {
  const place = byId('token')
  if (!accessToken) {
    place.replaceChildren(element('p', { className: 'empty' }, text('no_token')))
    return
  }
  const [header, payload] = accessToken.split('.')
  place.replaceChildren(
    element('h3', {}, text('header')),
    claims(part(header)),
    element('h3', {}, text('payload')),
    claims(part(payload)),
    element('h3', {}, text('signature')),
    element('p', { className: 'remark' }, text('signature_hidden')),
  )
}

function showToken(token) {
  accessToken = token
  drawToken()
}
drawn(drawToken)
