export * from 'wxlogin-miniprogram'
