// Verifies access tokens as a backend does that keeps the JWKS for exactly as long as its Cache-Control says, and never
// fetches it earlier. The time is told with each token, so that hours pass in seconds.
//
// node cached.mjs JWKS_URL ISSUER ALGORITHM, then on standard input one JSON object a line: {"now": seconds, "token": …}.
// Answers one line each: "good", or why not.
import { createInterface } from 'node:readline'
import { createLocalJWKSet, jwtVerify } from 'jose'

const [url, issuer, algorithm] = process.argv.slice(2)
let keys
let freshUntil = -Infinity

async function verify({ now, token }) {
  if (now >= freshUntil) {
    const response = await fetch(url)
    const maxAge = /max-age=(\d+)/.exec(response.headers.get('cache-control'))[1]
    keys = createLocalJWKSet(await response.json())
    freshUntil = now + Number(maxAge)
  }
  await jwtVerify(token, keys, {
    algorithms: [algorithm],
    typ: 'at+jwt',
    issuer,
    audience: issuer,
    clockTolerance: 30,
    currentDate: new Date(now * 1000),
  })
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    await verify(JSON.parse(line))
    console.log('good')
  } catch (error) {
    console.log(error.message)
  }
}
