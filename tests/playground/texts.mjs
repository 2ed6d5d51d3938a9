// The texts of the playground, out of their files.
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

export const PAGE = new URL('../../app/src/playground/page/', import.meta.url)

export const source = (file) => readFileSync(new URL(file, PAGE), 'utf8')

/** Those of `chinese` or `english`. */
export const texts = (name) => vm.runInNewContext(`${source(`${name}.js`)}; ${name}`)
