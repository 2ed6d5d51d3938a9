// The page speaks the browser's language, or the one that is chosen. What it shows is drawn anew when that changes.

const texts = { 'zh-CN': chinese, en: english }
const preferred = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0])
let language = preferred.find((tag) => tag === 'zh' || tag === 'en') === 'en' ? 'en' : 'zh-CN'

const text = (key) => texts[language][key]
const time = (at) => new Date(at).toLocaleString(language)

const redraws = []
/** Draws now, and whenever the language changes. */
function drawn(draw) {
  redraws.push(draw)
  draw()
}

function speak(chosen) {
  language = chosen
  for (const draw of redraws) draw()
}

drawn(() => {
  document.documentElement.lang = language
  for (const labelled of document.querySelectorAll('[data-text]')) labelled.textContent = text(labelled.dataset.text)
  for (const labelled of document.querySelectorAll('[data-label]')) {
    labelled.setAttribute('aria-label', text(labelled.dataset.label))
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language))
  }
})
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => speak(button.dataset.language))
}
