// The two languages of the playground say the same things.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import vm from 'node:vm'

function texts(name) {
  const source = readFileSync(new URL(`../../app/src/playground/page/${name}.js`, import.meta.url), 'utf8')
  return vm.runInNewContext(`${source}; ${name}`)
}

/** The names of all texts, and of what each is made. */
const names = (value, path = '') =>
  typeof value === 'object'
    ? Object.entries(value).flatMap(([name, inner]) => names(inner, `${path}.${name}`))
    : [`${path}: ${typeof value}`]

test('both languages have the same texts', () => {
  const [chinese, english] = [texts('chinese'), texts('english')]
  assert.deepEqual(names(chinese).sort(), names(english).sort())
})
