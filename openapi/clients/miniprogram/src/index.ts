export { platformOf, type WechatApi } from './callbacks.js'
export type { Request } from './http.js'
export type { AskPrivacy, Method, Platform, PlatformAnswer, PlatformRequest } from './platform.js'
export {
  type FieldError,
  type Language,
  type LocalCode,
  type ProblemAction,
  type ProblemCode,
  WxloginProblem,
} from './problem.js'
export type { LoginProof, LoginResult } from './session.js'
export {
  type Account,
  type AccountSession,
  createWxlogin,
  type Options,
  type PhoneDetail,
  type ProfileChange,
  type Wxlogin,
} from './wxlogin.js'
