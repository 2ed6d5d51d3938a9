const wxlogin = require('../../wxlogin')

/** @typedef {import('../../lib/wxlogin').AccountSession} AccountSession */

Page({
  data: {
    sessions: /** @type {AccountSession[]} */ ([]),
    problem: '',
  },

  async onShow() {
    try {
      this.setData({ sessions: await wxlogin.sessions(), problem: '' })
    } catch (error) {
      this.setData({ problem: /** @type {Error} */ (error).message })
    }
  },

  async onEnd(/** @type {WechatMiniprogram.TouchEvent} */ { currentTarget }) {
    try {
      await wxlogin.endSession(currentTarget.dataset.id)
    } catch (error) {
      wx.showToast({ title: /** @type {Error} */ (error).message, icon: 'none' })
    }
    await this.onShow()
  },
})
