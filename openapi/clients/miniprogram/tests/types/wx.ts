import { createWxlogin, platformOf } from '../../src/index.js'

// The kit takes wx as WeChat's own types describe it.
export const kit = createWxlogin({ service: 'https://login.example.com', platform: platformOf(wx) })

Page({
  async onPhone({ detail }: WechatMiniprogram.ButtonGetPhoneNumber) {
    await kit.bindPhone(detail)
  },
})
