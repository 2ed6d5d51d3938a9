// 所有页面共用的登录。
const { createWxlogin } = require('./lib/wxlogin')
const { service } = require('./config')
const standIn = require('./stand-in')

module.exports = createWxlogin({ service, platform: standIn.platform() })
