// Says what breaks clients between the document that was released last and the present one, or any two.
//
//   node openapi/compatibility/check.mjs [BEFORE AFTER]
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { breakingChanges } from './changes.mjs'

const beside = (name) => fileURLToPath(new URL(name, import.meta.url))
const [before = beside('../released/openapi.json'), after = beside('../openapi.json')] = process.argv.slice(2)
const read = async (file) => JSON.parse(await readFile(file, 'utf8'))

const changes = breakingChanges(await read(before), await read(after))
for (const change of changes) console.error(`breaking: ${change}`)
if (changes.length > 0) process.exitCode = 1
