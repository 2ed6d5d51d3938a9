import type { components } from './schema.js'

export { answerOf, type Options, WxloginClient } from './client.js'
export { type FieldError, type ProblemAction, type ProblemCode, WxloginProblem } from './problem.js'
export type { components, operations, paths } from './schema.js'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type AccountExport = Schemas['AccountExport']
export type DecryptRequest = Schemas['DecryptRequest']
export type Identity = Schemas['Identity']
export type Introspection = Schemas['Introspection']
export type Jwks = Schemas['Jwks']
export type LoginRequest = Schemas['LoginRequest']
export type LogoutRequest = Schemas['LogoutRequest']
export type Phone = Schemas['Phone']
export type PhoneProof = Schemas['PhoneProof']
export type Problem = Schemas['Problem']
export type ProfileChange = Schemas['ProfileChange']
export type RefreshRequest = Schemas['RefreshRequest']
export type Session = Schemas['Session']
export type Tokens = Schemas['Tokens']
