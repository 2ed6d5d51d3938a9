// 只需改这里。true：连本机的 wxlogin dev，用它自带的模拟微信；false：连真实的微信和你自己的服务。
const DEV = true

module.exports = DEV
  ? { service: 'http://127.0.0.1:8080', standIn: 'http://127.0.0.1:8090/sandbox' }
  : { service: 'https://login.example.com', standIn: '' }
