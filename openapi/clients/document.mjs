// Prints the document that clients are generated from: openapi.json, without what makes generated code worse.
//
//   node openapi/clients/document.mjs
import { readFile } from 'node:fs/promises'

const document = JSON.parse(await readFile(new URL('../openapi.json', import.meta.url), 'utf8'))

// WeChat calls these, and nobody else.
const isForClients = ({ tags }) => !tags.includes('WeChat')
for (const [path, operations] of Object.entries(document.paths)) {
  const kept = Object.entries(operations).filter(([, operation]) => isForClients(operation))
  if (kept.length > 0) document.paths[path] = Object.fromEntries(kept)
  else delete document.paths[path]
}
document.tags = document.tags.filter(({ name }) => name !== 'WeChat')

// It stands at the head of each file.
document.info.description = document.info.description.split('\n\n')[0]

// A code that a later release adds must not keep a client from reading what to do about it. The names of those that are
// known are in the schema ProblemCode all the same.
const { properties } = document.components.schemas.Problem
properties.code = { type: 'string', description: `${properties.code.description} One of \`ProblemCode\`, or newer.` }

// The service says what is wrong with a value, as a problem in the person's language. A client that knows the rules of
// its own release would say something else, and keep out what a later release takes.
const RULES = ['pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum']

// Generators know application/json best. Problem documents are JSON, and the charset says nothing.
const plain = (mediaType) => mediaType.replace(/^application\/problem\+json$/, 'application/json').replace(/;.*/, '')

const simplified = (key, value) => {
  if (RULES.includes(key) && typeof value !== 'object') return undefined
  if (key !== 'content') return value
  return Object.fromEntries(Object.entries(value).map(([type, media]) => [plain(type), media]))
}

console.log(JSON.stringify(document, simplified, 2))
