// 要改的只有这里。true：本机的 wxlogin dev，由它的替身扮演微信；false：真实的微信和你自己的服务。
const DEV = true

module.exports = DEV
  ? { service: 'http://127.0.0.1:8080', standIn: 'http://127.0.0.1:8090/sandbox' }
  : { service: 'https://login.example.com', standIn: '' }
