// wxlogin dev 自带的模拟微信：没有真实的 appid 也能拿到 code。正式的小程序不需要这个文件。
const { platformOf } = require('./lib/wxlogin')
const { standIn } = require('./config')

/**
 * @param {string} path
 * @returns {Promise<string>}
 */
const codeOf = (path) =>
  new Promise((resolve, reject) => {
    wx.request({
      url: `${standIn}/${path}`,
      method: 'POST',
      data: { user: 'demo' },
      success: ({ data }) => resolve(/** @type {{ code: string }} */ (data).code),
      fail: reject,
    })
  })

module.exports = {
  /** 是否使用模拟微信。 */
  isOn: Boolean(standIn),
  /** 代替 wx.login。 */
  platform: () => (standIn ? { ...platformOf(wx), login: () => codeOf('code') } : platformOf(wx)),
  /** 代替点一下「获取手机号」按钮，结果与 e.detail 一样。 */
  tapPhone: async () => ({ errMsg: 'getPhoneNumber:ok', code: await codeOf('phone-code') }),
}
