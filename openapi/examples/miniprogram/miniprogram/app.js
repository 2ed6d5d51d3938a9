const wxlogin = require('./wxlogin')

App({
  onLaunch() {
    // 静默登录。出错也不要紧：页面自己的请求会再试，并把原因告诉用户。
    wxlogin.ready().catch(() => {})
  },
})
