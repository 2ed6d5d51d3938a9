// The buttons, and what is different without the stand-in.

byId('out').addEventListener('submit', (event) => {
  event.preventDefault()
  login()
})
byId('phone-number').addEventListener('click', getPhoneNumber)
byId('refresh').addEventListener('click', refresh)
byId('logout').addEventListener('click', logout)

const dialog = byId('confirm')
byId('cancel').addEventListener('click', () => dialog.showModal())
dialog.addEventListener('close', () => {
  if (dialog.returnValue === 'yes') cancelAccount()
  dialog.returnValue = ''
})

if (!settings.stand_in) {
  drawn(() => {
    byId('real').textContent = text('real')(settings.wechat)
  })
  byId('real').hidden = false
  byId('trouble').hidden = true
  byId('phone-number').hidden = true
  for (const [id, isShown] of [['user', false], ['code', true]]) {
    byId(id).hidden = !isShown
    byId(id).required = isShown
    document.querySelector(`label[for=${id}]`).hidden = !isShown
  }
}

// Nothing was shown before there were words, so that nothing jumps.
document.body.hidden = false
