// Writes the types of the clients from openapi/openapi.json, or says with --check whether they are what it says.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const document = JSON.parse(await readFile(new URL('../openapi.json', import.meta.url), 'utf8'))

const HEADER = `// Made from openapi/openapi.json by \`npm run generate\`. Do not edit: change the service, then run that again.

`

/** What a mini program meets; with whatever these are made of. */
const KIT = ['Account', 'LoginRequest', 'Problem', 'ProfileChange', 'Sessions', 'Tokens']

/** The document without its operations, and with these schemas only. */
function onlySchemas(names) {
  const all = document.components.schemas
  const schemas = {}
  const take = (name) => {
    if (schemas[name]) return
    schemas[name] = all[name]
    JSON.stringify(all[name], (key, value) => {
      if (key === '$ref') take(value.slice('#/components/schemas/'.length))
      return value
    })
  }
  names.forEach(take)
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)))
  return { openapi: document.openapi, info: document.info, paths: {}, components: { schemas: sorted } }
}

const generated = [
  ['typescript/src/schema.ts', document],
  ['miniprogram/src/schema.ts', onlySchemas(KIT)],
]

const check = process.argv.includes('--check')
for (const [name, source] of generated) {
  const file = new URL(name, import.meta.url)
  // A field with a default is there in what the service writes; in what it reads, it may be left out.
  const types = astToString(await openapiTS(structuredClone(source), { defaultNonNullable: false }))
  const wanted = HEADER + types
  if (!check) await writeFile(file, wanted)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
    console.error(`clients/${name} is not what openapi.json says: run npm run generate`)
    process.exitCode = 1
  }
}
