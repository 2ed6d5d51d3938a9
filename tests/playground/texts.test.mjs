// The two languages of the playground say the same things, and nothing that the page does not show.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import test from 'node:test'
import { PAGE, source, texts } from './texts.mjs'

/** The names of all texts, and of what each is made. */
const names = (value, path = '') =>
  typeof value === 'object'
    ? Object.entries(value).flatMap(([name, inner]) => names(inner, `${path}.${name}`))
    : [`${path}: ${typeof value}`]

test('both languages have the same texts', () => {
  const [chinese, english] = [texts('chinese'), texts('english')]
  assert.deepEqual(names(chinese).sort(), names(english).sort())
})

test('each text is used', () => {
  const files = readdirSync(PAGE).filter((file) => /\.(js|html)$/.test(file) && !/^(chinese|english)/.test(file))
  const sources = files.map(source).join('\n')
  const unused = Object.keys(texts('english')).filter((key) => !new RegExp(`['"]${key}['"]`).test(sources))
  assert.deepEqual(unused, [])
})
