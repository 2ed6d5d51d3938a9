import { createWxlogin, platformOf } from '../../src/index.js'

// The kit takes uni as its own types describe it.
export const kit = createWxlogin({ service: 'https://login.example.com', platform: platformOf(uni) })
