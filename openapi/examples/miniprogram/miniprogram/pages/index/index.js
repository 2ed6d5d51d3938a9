const standIn = require('../../stand-in')
const wxlogin = require('../../wxlogin')

/** @typedef {import('../../lib/wxlogin').Account} Account */
/** @typedef {import('../../lib/wxlogin').WxloginProblem} Problem */

Page({
  data: {
    account: /** @type {Account | null} */ (null),
    /** 已退出登录，等用户自己点「登录」。 */
    isOut: false,
    /** 可以显示获取手机号的按钮了。 */
    canBind: false,
    /** 给用户看的错误。 */
    problem: '',
    isDev: standIn.isOn,
  },

  onShow() {
    return this.show(() => wxlogin.me())
  },

  /** 显示账号；出错时显示原因。 */
  async show(/** @type {() => Promise<Account>} */ load) {
    try {
      this.setData({ account: await load(), isOut: false, problem: '' })
    } catch (error) {
      this.fail(error)
    }
  },

  fail(/** @type {unknown} */ error) {
    const { code, message, requestId } = /** @type {Problem} */ (error)
    if (code === 'logged_out') this.setData({ account: null, isOut: true, canBind: false, problem: '' })
    else this.setData({ problem: requestId ? `${message}（${requestId}）` : message })
  },

  /** 先同意隐私保护指引、先登录，再显示按钮。 */
  async onPreparePhone() {
    try {
      await wxlogin.preparePhone()
      this.setData({ canBind: true, problem: '' })
    } catch (error) {
      this.fail(error)
    }
  },

  async onPhone(/** @type {WechatMiniprogram.ButtonGetPhoneNumber} */ { detail }) {
    await this.show(() => wxlogin.bindPhone(detail))
  },

  /** 使用模拟微信时，没有真的按钮可点。 */
  async onStandInPhone() {
    await this.show(async () => wxlogin.bindPhone(await standIn.tapPhone()))
  },

  async onRemovePhone() {
    await this.show(async () => {
      await wxlogin.removePhone()
      return wxlogin.me()
    })
  },

  onSessions() {
    wx.navigateTo({ url: '/pages/sessions/sessions' })
  },

  async onLogin() {
    await this.show(async () => (await wxlogin.login()).account)
  },

  async onLogout() {
    // 没能通知到服务端，本机也已经退出了。
    await wxlogin.logout().catch((error) => console.warn(error))
    this.setData({ account: null, isOut: true, canBind: false, problem: '' })
  },

  async onCancelAccount() {
    const { confirm } = await wx.showModal({ title: '注销账号', content: '账号数据将被删除，无法恢复。' })
    if (!confirm) return
    try {
      await wxlogin.cancelAccount()
      this.setData({ account: null, isOut: true, canBind: false, problem: '' })
    } catch (error) {
      this.fail(error)
    }
  },
})
