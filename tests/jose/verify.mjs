// Verifies an access token as a stranger would: with nothing but the service's JWKS address and what its
// documentation says of a token.
//
//   node verify.mjs JWKS_URL ISSUER AUDIENCE ALGORITHM TOKEN
//
// Valid: the claims as one line of JSON on standard output, exit 0.
// Not valid: the error's code on standard error (ERR_JWT_EXPIRED, ERR_JWKS_NO_MATCHING_KEY, ...), exit 1.
// Called with wrong arguments: how to call it on standard error, exit 2.

import { webcrypto } from 'node:crypto';

// Node 18 has Web Crypto but not yet under its global name, which jose looks up when it is loaded; so jose comes
// after this line, by a dynamic import.
globalThis.crypto ??= webcrypto;
const { createRemoteJWKSet, jwtVerify } = await import('jose');
// Older Node releases warn that Ed25519 is experimental there; standard error is for the code alone.
process.removeAllListeners('warning');

const args = process.argv.slice(2);
if (args.length !== 5 || args.includes('')) {
  console.error('usage: node verify.mjs JWKS_URL ISSUER AUDIENCE ALGORITHM TOKEN');
  process.exit(2);
}
const [jwksUrl, issuer, audience, algorithm, token] = args;

try {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: [algorithm], typ: 'at+jwt' });
  console.log(JSON.stringify(payload));
} catch (error) {
  // An error of Node's own, such as a refused connection, has its code one level down, or none.
  console.error(error.code ?? error.cause?.code ?? String(error));
  process.exitCode = 1;
}
