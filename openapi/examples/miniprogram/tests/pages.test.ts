// The pages against the service itself, once with a phone and once with the stand-in in its place.
import { existsSync } from 'node:fs'
import { Phone } from 'wxlogin-testing/phone'
import { service } from 'wxlogin-testing/service'
import { expect, inject, test } from 'vitest'
import { launch, manifest } from './mini-program.ts'

const INDEX = 'pages/index/index'
const SESSIONS = 'pages/sessions/sessions'
const onPhone = () => ({ service: service(), standIn: '' })

test('it logs in silently, once, and shows the account', async () => {
  const phone = new Phone()
  const page = await launch(phone, onPhone()).open(INDEX)
  expect(page.data).toMatchObject({ account: { status: 'active' }, isOut: false, problem: '' })
  expect(phone.logins).toBe(1)
})

test('a telephone number is bound by two taps, and removed by one', async () => {
  const phone = new Phone()
  phone.privacyNeeded = true
  const page = await launch(phone, onPhone()).open(INDEX)
  await page.tap('onPreparePhone')
  expect(page.data.canBind).toBe(true)
  await page.tap('onPhone', { detail: await phone.tap('13800138000') })
  expect(page.data.account.phone.number).toBe('+8613800138000')
  await page.tap('onRemovePhone')
  expect(page.data.account).not.toHaveProperty('phone')
})

test('whoever keeps the number or refuses the notice is told, and stays logged in', async () => {
  const phone = new Phone()
  phone.privacyNeeded = true
  phone.popup = 'disagree'
  const page = await launch(phone, onPhone()).open(INDEX)
  await page.tap('onPreparePhone')
  expect(page.data).toMatchObject({ canBind: false, problem: '需要先同意隐私保护指引' })
  phone.popup = 'agree'
  await page.tap('onPreparePhone')
  await page.tap('onPhone', { detail: { errMsg: 'getPhoneNumber:fail user deny' } })
  expect(page.data).toMatchObject({ canBind: true, problem: '未授权手机号', account: { status: 'active' } })
})

test('another device is shown and logged out from here', async () => {
  const phone = new Phone()
  const other = new Phone(phone.user)
  await launch(other, onPhone()).open(INDEX)
  const program = launch(phone, onPhone())
  const index = await program.open(INDEX)
  await index.tap('onSessions')
  expect(program.visited).toEqual([`/${SESSIONS}`])
  const page = await program.open(SESSIONS)
  expect(page.data.sessions).toMatchObject([{ current: false, user_agent: 'WeChat 8.0 (iOS)' }, { current: true }])
  const id = page.data.sessions[0].id
  await page.tap('onEnd', { currentTarget: { dataset: { id } } })
  expect(page.data.sessions).toMatchObject([{ current: true }])
  await page.tap('onEnd', { currentTarget: { dataset: { id: 'nobodys' } } })
  expect(program.said).toHaveLength(1)
})

test('after a logout it waits for a tap, also after a restart', async () => {
  const phone = new Phone()
  const page = await launch(phone, onPhone()).open(INDEX)
  const { id } = page.data.account
  await page.tap('onLogout')
  expect(page.data).toMatchObject({ account: null, isOut: true })
  const later = phone.relaunched()
  const again = await launch(later, onPhone()).open(INDEX)
  expect(again.data).toMatchObject({ account: null, isOut: true })
  expect(later.logins).toBe(0)
  await again.tap('onLogin')
  expect(again.data).toMatchObject({ account: { id }, isOut: false })
})

test('an account is cancelled by whoever confirms it', async () => {
  const phone = new Phone()
  const program = launch(phone, onPhone())
  const page = await program.open(INDEX)
  const { id } = page.data.account
  program.wx.confirms = false
  await page.tap('onCancelAccount')
  expect(page.data.account.id).toBe(id)
  program.wx.confirms = true
  await page.tap('onCancelAccount')
  expect(page.data).toMatchObject({ account: null, isOut: true })
  await page.tap('onLogin')
  expect(page.data.account.id).not.toBe(id)
})

test('without a network it says so, and a tap tries again', async () => {
  const phone = new Phone()
  await launch(phone, onPhone()).open(INDEX)
  const later = phone.relaunched()
  later.online = false
  const page = await launch(later, onPhone()).open(INDEX)
  expect(page.data).toMatchObject({ account: null, problem: '网络异常，请检查网络后重试' })
  later.online = true
  await page.tap('onShow')
  expect(page.data).toMatchObject({ account: { status: 'active' }, problem: '' })
})

test('with the stand-in neither wx.login nor the button is needed', async () => {
  const phone = new Phone()
  const page = await launch(phone, { service: service(), standIn: inject('wxlogin').standIn }).open(INDEX)
  await page.tap('onPreparePhone')
  await page.tap('onStandInPhone')
  expect(page.data).toMatchObject({ isDev: true, account: { phone: { country_code: '86' } } })
  expect(phone.logins).toBe(0)
})

test('the developer tools find what the configuration names', () => {
  const { app, project, root } = manifest()
  expect(project.miniprogramRoot).toBe('miniprogram/')
  for (const page of app.pages) {
    for (const kind of ['js', 'json', 'wxml']) expect(existsSync(new URL(`${page}.${kind}`, root)), page).toBe(true)
  }
  expect(existsSync(new URL(app.sitemapLocation, root))).toBe(true)
})
