// Made from clients/miniprogram by `npm run kit`. Do not edit.
"use strict";
var __defProp = Object.defineProperty;
var __defProps = Object.defineProperties;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropDescs = Object.getOwnPropertyDescriptors;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getOwnPropSymbols = Object.getOwnPropertySymbols;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __propIsEnum = Object.prototype.propertyIsEnumerable;
var __defNormalProp = (obj, key, value) => key in obj ? __defProp(obj, key, { enumerable: true, configurable: true, writable: true, value }) : obj[key] = value;
var __spreadValues = (a, b) => {
  for (var prop in b || (b = {}))
    if (__hasOwnProp.call(b, prop))
      __defNormalProp(a, prop, b[prop]);
  if (__getOwnPropSymbols)
    for (var prop of __getOwnPropSymbols(b)) {
      if (__propIsEnum.call(b, prop))
        __defNormalProp(a, prop, b[prop]);
    }
  return a;
};
var __spreadProps = (a, b) => __defProps(a, __getOwnPropDescs(b));
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var __publicField = (obj, key, value) => __defNormalProp(obj, typeof key !== "symbol" ? key + "" : key, value);

// ../../clients/miniprogram/src/index.ts
var index_exports = {};
__export(index_exports, {
  WxloginProblem: () => WxloginProblem,
  createWxlogin: () => createWxlogin,
  platformOf: () => platformOf
});
module.exports = __toCommonJS(index_exports);

// ../../clients/miniprogram/src/callbacks.ts
function platformOf(api) {
  const promised = (call) => new Promise((success, fail) => {
    call({ success, fail });
  });
  return {
    async login(timeout) {
      return (await promised((then) => api.login(__spreadValues({ provider: "weixin", timeout }, then)))).code;
    },
    async request(request) {
      const answer = await promised(
        (then) => api.request(__spreadValues(__spreadValues({}, request), then))
      );
      return { status: answer.statusCode, body: answer.data, header: __spreadValues({}, answer.header) };
    },
    read: (key) => api.getStorageSync(key),
    write: (key, value) => api.setStorageSync(key, value),
    remove: (key) => api.removeStorageSync(key),
    appid: () => {
      var _a;
      return (_a = api.getAccountInfoSync) == null ? void 0 : _a.call(api).miniProgram.appId;
    },
    // Base libraries before 2.32.3 know of no privacy notice.
    async authorizePrivacy() {
      if (api.requirePrivacyAuthorize) await promised((then) => {
        var _a;
        return (_a = api.requirePrivacyAuthorize) == null ? void 0 : _a.call(api, then);
      });
    },
    onPrivacyNeeded(ask) {
      var _a;
      const once = shared(ask);
      (_a = api.onNeedPrivacyAuthorization) == null ? void 0 : _a.call(api, (resolve) => {
        const answer = (buttonId) => resolve(buttonId ? { event: "agree", buttonId } : { event: "disagree" });
        once().then(answer, () => answer());
      });
    }
  };
}
function shared(ask) {
  let asked;
  return () => {
    asked != null ? asked : asked = ask().finally(() => {
      asked = void 0;
    });
    return asked;
  };
}

// ../../clients/miniprogram/src/problem.ts
var LOCAL = {
  /** No answer: offline, interrupted, or the address is not one of the request 合法域名. */
  network: ["retry", "\u7F51\u7EDC\u5F02\u5E38\uFF0C\u8BF7\u68C0\u67E5\u7F51\u7EDC\u540E\u91CD\u8BD5", "No connection. Check the network and try again"],
  /** No answer in time. */
  timeout: ["retry", "\u7F51\u7EDC\u8D85\u65F6\uFF0C\u8BF7\u7A0D\u540E\u91CD\u8BD5", "No answer in time. Try again later"],
  /** `wx.login` gave no code. */
  wx_login_failed: ["retry", "\u5FAE\u4FE1\u767B\u5F55\u5931\u8D25\uFF0C\u8BF7\u91CD\u8BD5", "WeChat gave no code. Try again"],
  /** Something else answers at the address of the service: a proxy, or the sign-in page of a Wi-Fi. */
  not_wxlogin: ["contact_support", "\u767B\u5F55\u670D\u52A1\u6682\u4E0D\u53EF\u7528", "The login service is not available"],
  /** A backend refused, in words of its own: see `body`. */
  http_error: ["contact_support", "\u8BF7\u6C42\u5931\u8D25", "The request failed"],
  /** The person logged out. Only `login()` lets them in again. */
  logged_out: ["relogin", "\u4F60\u5DF2\u9000\u51FA\u767B\u5F55", "You are logged out"],
  /** The address is neither the service's nor one of `backends`: it gets no token. */
  foreign_address: ["fix_request", "\u8BF7\u6C42\u5730\u5740\u4E0D\u5728 backends \u4E2D", "The address is not one of the backends"],
  /** The person did not agree to the privacy notice. */
  privacy_denied: ["contact_support", "\u9700\u8981\u5148\u540C\u610F\u9690\u79C1\u4FDD\u62A4\u6307\u5F15", "The privacy notice has to be agreed to first"],
  /** The person kept their telephone number to themselves. */
  phone_denied: ["contact_support", "\u672A\u6388\u6743\u624B\u673A\u53F7", "No number was passed on"],
  /** The mini program may not ask for numbers, or does not declare it, or WeChat is too old: `body` has what it said. */
  phone_unavailable: ["contact_support", "\u6682\u65F6\u65E0\u6CD5\u83B7\u53D6\u624B\u673A\u53F7", "The number cannot be had"]
};
var WxloginProblem = class extends Error {
  constructor(message, facts) {
    super(message);
    __publicField(this, "name", "WxloginProblem");
    Object.assign(this, facts);
  }
};
function localProblem(code, language, body, status = 0) {
  const [action, chinese, english] = LOCAL[code];
  const message = language === "en" ? english : chinese;
  const retryable = action === "retry";
  return new WxloginProblem(message, {
    status,
    code,
    action,
    retryable,
    retryAfter: 0,
    errors: [],
    requestId: void 0,
    body
  });
}
function refusal(status, body, retryAfter, language) {
  var _a, _b, _c;
  const problem = typeof body === "object" && body !== null ? body : {};
  const { code, action } = problem;
  if (!code || !action) {
    const unknown = localProblem("http_error", language, body, status);
    return Object.assign(unknown, { retryAfter });
  }
  return new WxloginProblem((_a = problem.detail) != null ? _a : code, {
    status,
    code,
    action,
    retryable: (_b = problem.retryable) != null ? _b : false,
    retryAfter,
    errors: (_c = problem.errors) != null ? _c : [],
    requestId: problem.request_id,
    body
  });
}
function still(problem, retryAfter) {
  return new WxloginProblem(problem.message, __spreadProps(__spreadValues({}, problem), { retryAfter }));
}

// ../../clients/miniprogram/src/http.ts
var SLACK = 2e3;
var Http = class {
  constructor(platform, service, language, timeout) {
    __publicField(this, "platform", platform);
    __publicField(this, "service", service);
    __publicField(this, "language", language);
    __publicField(this, "timeout", timeout);
  }
  /** A new code of `wx.login`. */
  async code() {
    const code = await this.inTime(() => this.platform.login(this.timeout), this.timeout, "wx_login_failed");
    if (!code) throw localProblem("wx_login_failed", this.language);
    return code;
  }
  /** Resolves to the body of the answer. */
  async send({ url, method = "GET", data, header, timeout = this.timeout }, token) {
    const request = {
      url: url[0] === "/" ? this.service + url : url,
      method: method === "PATCH" ? "POST" : method,
      data,
      header: __spreadValues(__spreadValues(__spreadValues({
        "Accept-Language": this.language
      }, header), method === "PATCH" && { "X-HTTP-Method-Override": method }), token && { Authorization: `Bearer ${token}` }),
      timeout
    };
    const answer = await this.inTime(() => this.platform.request(request), timeout, "network");
    const { status, body, header: said } = answer;
    if (status >= 200 && status < 300) return status === 204 ? void 0 : body;
    throw refusal(status, body, seconds(said), this.language);
  }
  inTime(call, timeout, otherwise) {
    return new Promise((resolve, reject) => {
      const fail = (reason) => {
        var _a;
        const said = (_a = reason == null ? void 0 : reason.errMsg) != null ? _a : reason;
        const code = /time-?out|超时/i.test(String(said)) ? "timeout" : otherwise;
        reject(localProblem(code, this.language, said));
      };
      const timer = setTimeout(fail, timeout + SLACK, "timeout");
      new Promise((done) => done(call())).then(resolve, fail).finally(() => clearTimeout(timer));
    });
  }
};
function seconds(header) {
  const name = Object.keys(header).find((key) => key.toLowerCase() === "retry-after");
  return Math.max(0, Number(name && header[name]) || 0);
}

// ../../clients/miniprogram/src/bar.ts
var HOLD = 5;
var Bar = class {
  constructor() {
    __publicField(this, "from", 0);
    __publicField(this, "until", 0);
    __publicField(this, "problem");
    /** Whether the service named the time. */
    __publicField(this, "told", false);
  }
  raise(problem) {
    this.from = Date.now();
    this.until = this.from + (problem.retryAfter || HOLD) * 1e3;
    this.told = problem.retryAfter > 0;
    this.problem = problem;
  }
  lower() {
    this.problem = void 0;
  }
  /** Throws what was refused, while that stands. People may try earlier, where the service named no time. */
  check(byHand) {
    const now = Date.now();
    const stands = this.problem && now >= this.from && now < this.until && !(byHand && !this.told);
    if (this.problem && stands) throw still(this.problem, this.told ? Math.ceil((this.until - now) / 1e3) : 0);
  }
};

// ../../clients/miniprogram/src/tokens.ts
var KEY = "wxlogin";
var keep = (tokens, from) => ({
  access_token: tokens.access_token,
  refresh_token: tokens.refresh_token,
  from,
  expires_in: tokens.expires_in
});
function isYoung({ from, expires_in }, part) {
  const age = Date.now() - from;
  return age >= 0 && age < part * expires_in * 1e3;
}
var Tokens = class {
  constructor(platform, service, appid) {
    __publicField(this, "platform", platform);
    __publicField(this, "service", service);
    __publicField(this, "appid", appid);
    __publicField(this, "current");
    __publicField(this, "left", false);
    const { tokens, left = false } = this.stored();
    this.current = tokens;
    this.left = left;
  }
  set(current) {
    this.current = current;
    this.left = false;
    this.write();
  }
  leave() {
    this.current = void 0;
    this.left = true;
    this.write();
  }
  /** Takes over what another part of the mini program has stored since. */
  adopt() {
    var _a, _b;
    const { tokens } = this.stored();
    if (tokens && tokens.from > ((_b = (_a = this.current) == null ? void 0 : _a.from) != null ? _b : 0)) this.current = tokens;
    return this.current;
  }
  /** What is stored, unless it is another service's or another mini program's, or was never written by this. */
  stored() {
    try {
      const record = this.platform.read(KEY);
      if ((record == null ? void 0 : record.service) !== this.service || record.appid !== this.appid) return {};
      const { tokens, left } = record;
      const whole = tokens && tokens.access_token && tokens.refresh_token && tokens.from && tokens.expires_in;
      return __spreadProps(__spreadValues({}, whole && { tokens }), { left: left === true });
    } catch (e) {
      return {};
    }
  }
  write() {
    const record = { service: this.service, appid: this.appid, left: this.left };
    if (this.current) record.tokens = this.current;
    try {
      this.platform.write(KEY, record);
    } catch (e) {
      try {
        this.platform.remove(KEY);
      } catch (e2) {
      }
    }
  }
};

// ../../clients/miniprogram/src/session.ts
var RENEW_AT = 0.9;
var PAUSE = 1;
var sleep = (seconds2) => new Promise((resolve) => setTimeout(resolve, seconds2 * 1e3));
var Session = class {
  constructor(http, tokens, options) {
    __publicField(this, "http", http);
    __publicField(this, "tokens", tokens);
    __publicField(this, "options", options);
    __publicField(this, "underway");
    /** Counts the times that somebody left: what was begun before is void. */
    __publicField(this, "epoch", 0);
    __publicField(this, "bars", { login: new Bar(), refresh: new Bar() });
  }
  /** Tokens that are good, as far as can be told from here. Logs in or refreshes, where it has to. */
  async fresh() {
    const before = this.tokens.current;
    if (before && isYoung(before, RENEW_AT)) return before;
    try {
      return await this.renew(before);
    } catch (problem) {
      if (before && before === this.tokens.current && isYoung(before, 1)) return before;
      throw problem;
    }
  }
  /** New tokens in the place of the used ones, unless somebody else has seen to that. */
  async renew(used, isDead = false) {
    if (this.tokens.left) throw this.loggedOut();
    if (this.underway) return (await this.underway.done).kept;
    const current = this.tokens.adopt();
    if (current && current.access_token !== (used == null ? void 0 : used.access_token)) return current;
    if (isDead) this.tokens.set(void 0);
    const renewed = this.alone(
      "renewal",
      (isVoid) => current && !isDead ? this.refreshOrLogIn(current, isVoid) : this.logIn()
    );
    return (await renewed).kept;
  }
  /** Logs in because somebody wants to. */
  async logInByHand(proof) {
    var _a;
    if (!proof && ((_a = this.underway) == null ? void 0 : _a.kind) === "login") return (await this.underway.done).result;
    while (this.underway) await this.underway.done.catch(() => {
    });
    return (await this.alone("login", () => this.logIn(proof, true))).result;
  }
  /** Ends this session, or with `all` every session of the account. Here, at once; whatever the network does. */
  async logOut(all) {
    const kept = await this.forget();
    const request = { url: "/v1/logout", method: "POST", data: { all } };
    if (!kept) return;
    await this.end(kept, request).catch((problem) => {
      if (all || problem.status !== 401) throw problem;
    });
  }
  /** Cancels the account. Nobody is logged in meanwhile: with the account gone, that would make a new one. */
  async cancel() {
    var _a;
    const before = await this.fresh();
    const kept = (_a = await this.forget()) != null ? _a : before;
    const { epoch } = this;
    const request = { url: "/v1/me", method: "DELETE" };
    try {
      await this.end(kept, request).catch((problem) => {
        if (problem.status) throw problem;
        return this.end(kept, request).catch((second) => {
          if (second.status !== 401) throw second;
        });
      });
    } catch (problem) {
      const { status } = problem;
      const goesOn = status > 0 && status !== 401;
      if (goesOn && epoch === this.epoch && this.tokens.left) this.tokens.set(kept);
      throw problem;
    }
  }
  loggedOut() {
    return localProblem("logged_out", this.options.language);
  }
  /** Does the work, and keeps its tokens unless the person left meanwhile. */
  alone(kind, work) {
    const { epoch } = this;
    const isVoid = () => epoch !== this.epoch;
    const answer = work(isVoid);
    const done = answer.then(
      ({ tokens, from }) => {
        if (isVoid()) throw this.loggedOut();
        const kept = keep(tokens, from);
        this.tokens.set(kept);
        return { kept, result: { account: tokens.account, is_new_account: tokens.is_new_account } };
      },
      (problem) => {
        throw isVoid() ? this.loggedOut() : problem;
      }
    );
    const underway = { kind, answer, done };
    this.underway = underway;
    const over = () => {
      if (this.underway === underway) this.underway = void 0;
    };
    underway.done = done.finally(over);
    return underway.done;
  }
  /** Leaves, and resolves to what there is to end at the service: also what only arrives now. */
  async forget() {
    var _a;
    const { current } = this.tokens;
    const answer = (_a = this.underway) == null ? void 0 : _a.answer;
    this.epoch += 1;
    this.underway = void 0;
    this.tokens.leave();
    const late = await (answer == null ? void 0 : answer.catch(() => void 0));
    return late ? keep(late.tokens, late.from) : current;
  }
  /** Sends what ends a session. */
  async end(kept, request) {
    try {
      await this.http.send(request, kept.access_token);
    } catch (problem) {
      if (problem.action !== "refresh") throw problem;
      const from = Date.now();
      Object.assign(kept, keep(await this.refreshOnce(kept), from));
      await this.http.send(request, kept.access_token);
    }
  }
  async refreshOrLogIn(current, isVoid) {
    try {
      return await this.obtain(this.bars.refresh, ["retry"], false, () => this.refreshOnce(current));
    } catch (problem) {
      if (problem.status !== 401 || isVoid()) throw problem;
      this.tokens.set(void 0);
      return this.logIn();
    }
  }
  /** Logs in with a new code each time. What comes with a proof works once, and is tried once. */
  logIn(proof, byHand = false) {
    const { appid, device } = this.options;
    const actions = proof ? [] : ["relogin", "retry"];
    return this.obtain(this.bars.login, actions, byHand, async () => {
      var _a;
      const data = __spreadValues({ code: (_a = proof == null ? void 0 : proof.code) != null ? _a : await this.http.code(), appid, device }, proof);
      return this.http.send({ url: "/v1/login", method: "POST", data });
    });
  }
  refreshOnce({ refresh_token }) {
    const data = { refresh_token };
    return this.http.send({ url: "/v1/token/refresh", method: "POST", data });
  }
  /** Asks for tokens; a second time where that helps and need not wait for long. */
  async obtain(bar, actions, byHand, ask) {
    bar.check(byHand);
    for (let again = false; ; again = true) {
      const from = Date.now();
      try {
        const tokens = await ask();
        if (!(tokens == null ? void 0 : tokens.access_token)) throw localProblem("not_wxlogin", this.options.language, tokens);
        bar.lower();
        return { tokens, from };
      } catch (error) {
        const problem = error;
        const { status, action, retryAfter } = problem;
        if (again || !actions.includes(action) || retryAfter > this.options.patience) {
          if (status > 0 && status !== 401 && (retryAfter || !byHand)) bar.raise(problem);
          throw problem;
        }
        await sleep(retryAfter || PAUSE);
      }
    }
  }
};

// ../../clients/miniprogram/src/wxlogin.ts
var Wxlogin = class {
  constructor(options) {
    __publicField(this, "platform");
    __publicField(this, "language");
    __publicField(this, "patience");
    __publicField(this, "addresses");
    __publicField(this, "http");
    __publicField(this, "session");
    var _a, _b, _c, _d, _e, _f;
    const { appid, device, language = "zh", timeout = 1e4, patience = 10, askPrivacy } = options;
    const service = bare(options.service);
    this.platform = (_a = options.platform) != null ? _a : platformOf(wx);
    this.language = language;
    this.patience = patience;
    this.addresses = [service, ...((_b = options.backends) != null ? _b : []).map(bare)];
    this.http = new Http(this.platform, service, language, timeout);
    const tokens = new Tokens(this.platform, service, appid != null ? appid : (_d = (_c = this.platform).appid) == null ? void 0 : _d.call(_c));
    this.session = new Session(this.http, tokens, { appid, device, language, patience });
    if (askPrivacy) (_f = (_e = this.platform).onPrivacyNeeded) == null ? void 0 : _f.call(_e, askPrivacy);
  }
  /** Logs in, unless somebody is logged in. For `onLaunch`; the first request does the same. */
  async ready() {
    await this.session.fresh();
  }
  /** Logs in by hand: after a logout, or with `phone_code` to have the number bound in the same call. */
  login(proof) {
    return this.session.logInByHand(proof);
  }
  /**
   * Ends the session, with `all` those of every device. From now on nobody is logged in here until `login()`. Rejects
   * where the service could not be told; the tokens are gone from here all the same.
   */
  logout({ all = false } = {}) {
    return this.session.logOut(all);
  }
  /** Cancels the account (注销): everything that wxlogin holds of it is erased. */
  cancelAccount() {
    return this.session.cancel();
  }
  /** Sends a request with the token; resolves to the body of the answer. Sent again once at the most. */
  async request(request) {
    if (!this.isOurs(request.url)) throw localProblem("foreign_address", this.language, request.url);
    const kept = await this.session.fresh();
    try {
      return await this.http.send(request, kept.access_token);
    } catch (problem) {
      await this.remedy(problem, kept);
    }
    const { access_token } = await this.session.fresh();
    return await this.http.send(request, access_token);
  }
  /** A good access token, for what `request` cannot send: `wx.uploadFile`, a WebSocket. */
  async accessToken() {
    return (await this.session.fresh()).access_token;
  }
  me() {
    return this.request({ url: "/v1/me" });
  }
  /** What is left out stays; null clears. */
  updateMe(change) {
    return this.request({ url: "/v1/me", method: "PATCH", data: change });
  }
  /** Where the account is logged in, the oldest first. */
  async sessions() {
    return (await this.request({ url: "/v1/me/sessions" })).sessions;
  }
  /** Logs another device out. */
  endSession(id) {
    return this.request({ url: `/v1/me/sessions/${encodeURIComponent(id)}`, method: "DELETE" });
  }
  /**
   * Before a getPhoneNumber button is shown: has the privacy notice agreed to, and logs in. A tap then only has to send
   * its code.
   */
  async preparePhone() {
    await this.authorizePrivacy();
    await this.ready();
  }
  /** Binds the number of a tap on a getPhoneNumber button. */
  async bindPhone({ code, errMsg = "" }) {
    if (code) return this.request({ url: "/v1/me/phone", method: "PUT", data: { phone_code: code } });
    const why = /not authorized/.test(errMsg) ? "privacy_denied" : /deny|cancel/.test(errMsg) ? "phone_denied" : "phone_unavailable";
    throw localProblem(why, this.language, errMsg);
  }
  removePhone() {
    return this.request({ url: "/v1/me/phone", method: "DELETE" });
  }
  /** Resolves when the person has agreed to the privacy notice; at once, if they did before. */
  async authorizePrivacy() {
    var _a, _b;
    await ((_b = (_a = this.platform).authorizePrivacy) == null ? void 0 : _b.call(_a).catch((reason) => {
      throw localProblem("privacy_denied", this.language, reason);
    }));
  }
  /** Does what a problem asks for before the request is sent again; throws it where nothing helps. */
  async remedy(problem, used) {
    const { status, action, retryAfter } = problem;
    if (status === 401) await this.session.renew(used, action === "relogin");
    else if (action === "retry" && retryAfter && retryAfter <= this.patience)
      await new Promise((resolve) => setTimeout(resolve, retryAfter * 1e3));
    else throw problem;
  }
  isOurs(url) {
    return url[0] === "/" || this.addresses.some((address) => url === address || url.startsWith(`${address}/`));
  }
};
var bare = (url) => url.replace(/\/+$/, "");
var createWxlogin = (options) => new Wxlogin(options);
