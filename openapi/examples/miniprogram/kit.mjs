// Copies the kit into the mini program, or says with --check whether the copy is current.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const kit = new URL('../../clients/miniprogram/', import.meta.url)
const copy = new URL('miniprogram/lib/wxlogin.js', import.meta.url)

execFileSync(process.execPath, [fileURLToPath(new URL('build.mjs', kit))], { stdio: 'inherit' })
const header = '// Made from clients/miniprogram by `npm run kit`. Do not edit.\n'
const wanted = header + (await readFile(new URL('dist/index.js', kit), 'utf8'))

if (!process.argv.includes('--check')) await writeFile(copy, wanted)
else if ((await readFile(copy, 'utf8').catch(() => '')) !== wanted) {
  console.error('examples/miniprogram/miniprogram/lib/wxlogin.js is not the kit as it is: run npm run kit')
  process.exitCode = 1
}
