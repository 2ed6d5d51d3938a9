// What breaks clients between two OpenAPI documents. A client is a program made from the older one: it sends what that
// one allows, and takes what that one promises.

/** Enumerations that clients leave open: what a new value means, its companions say (`action` of a problem). */
const OPEN_ENUMS = ['ProblemCode']

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** Names each change that breaks clients; none where they go on working. */
export function breakingChanges(before, after) {
  const found = new Set()
  const say = (where, what) => found.add(`${where}: ${what}`)
  const compare = schemaComparison(before, after, say)
  for (const [path, item] of Object.entries(before.paths))
    for (const method of METHODS.filter((method) => item[method])) {
      const where = `${method.toUpperCase()} ${path}`
      const operation = after.paths[path]?.[method]
      if (operation) compareOperations(where, item[method], operation, compare, say)
      else say(where, 'the operation is gone')
    }
  return [...found]
}

function compareOperations(where, before, after, compare, say) {
  // Generators name methods after it.
  if (before.operationId !== after.operationId)
    say(where, `operationId ${before.operationId} is ${after.operationId} now`)
  compareCredentials(where, before, after, say)
  compareParameters(where, before.parameters ?? [], after.parameters ?? [], compare, say)
  compareBodies(where, before.requestBody, after.requestBody, compare, say)
  for (const [status, response] of Object.entries(before.responses))
    if (after.responses[status]) compareResponses(`${where} ${status}`, response, after.responses[status], compare, say)
    else say(where, `the status ${status} is gone`)
}

function compareCredentials(where, before, after, say) {
  const accepted = (operation) => (operation.security ?? [{}]).map((scheme) => Object.keys(scheme).sort().join(' and '))
  const now = accepted(after)
  if (now.includes('')) return
  for (const credentials of accepted(before))
    if (!now.includes(credentials)) say(where, `it wants other credentials than ${credentials || 'none'}`)
}

function compareParameters(where, before, after, compare, say) {
  const same = (one) => (other) => one.in === other.in && one.name === other.name
  for (const parameter of before) {
    const now = after.find(same(parameter))
    const name = `${where}, ${parameter.in} ${parameter.name}`
    if (!now) say(name, 'the parameter is gone')
    else {
      if (now.required && !parameter.required) say(name, 'the parameter is required now')
      compare(name, 'sent', parameter.schema, now.schema)
    }
  }
  for (const parameter of after.filter((parameter) => parameter.required && !before.some(same(parameter))))
    say(`${where}, ${parameter.in} ${parameter.name}`, 'a new parameter is required')
}

function compareBodies(where, before, after, compare, say) {
  if (after?.required && !before?.required) say(where, 'a body is required now')
  if (before && !after) say(where, 'it takes no body any more')
  else if (before) compareContents(`${where}, body`, 'sent', before.content, after.content, compare, say)
}

function compareResponses(where, before, after, compare, say) {
  compareContents(where, 'received', before.content ?? {}, after.content ?? {}, compare, say)
  // Names of headers mean the same in any spelling.
  const headers = new Map(Object.entries(after.headers ?? {}).map(([name, header]) => [name.toLowerCase(), header]))
  for (const [name, header] of Object.entries(before.headers ?? {})) {
    const now = headers.get(name.toLowerCase())
    if (!now) say(where, `the header ${name} is gone`)
    else if (header.required && !now.required) say(where, `the header ${name} may be absent now`)
  }
  const problems = (response) => response.content?.['application/problem+json']?.examples ?? {}
  for (const [code, { value }] of Object.entries(problems(before))) {
    const now = problems(after)[code]?.value
    if (!now) say(where, `the problem ${code} is gone`)
    else
      for (const field of ['action', 'retryable'])
        if (value[field] !== now[field])
          say(where, `${field} of the problem ${code} was ${value[field]}, and is ${now[field]}`)
  }
}

function compareContents(where, direction, before, after, compare, say) {
  for (const [type, media] of Object.entries(before))
    if (after[type]) compare(where, direction, media.schema, after[type].schema)
    else say(where, `the media type ${type} is gone`)
}

/** Compares schemas, each pair of named ones once in each direction, and under their name. */
function schemaComparison(before, after, say) {
  const visited = new Set()

  function compare(where, direction, old, now) {
    const name = nameOf(old)
    if (name) {
      if (visited.has(`${name} ${direction}`)) return
      visited.add(`${name} ${direction}`)
      where = `${name} (${direction})`
    }
    const open = OPEN_ENUMS.includes(name)
    old = resolved(before, old)
    now = resolved(after, now)
    if (old.type && now.type !== old.type) return say(where, `the type ${old.type} is ${now.type ?? 'anything'} now`)
    if (!old.type && now.type && direction === 'sent') say(where, `it has to be of the type ${now.type} now`)
    if (old.format !== now.format) say(where, `the format ${old.format ?? 'none'} is ${now.format ?? 'none'} now`)
    compareValues(where, direction, old, now, open)
    if (direction === 'sent') compareLimits(where, old, now)
    compareMembers(where, direction, old, now)
    if (old.items) compare(`${where}[]`, direction, old.items, now.items ?? {})
    if (isSchema(old.additionalProperties) && isSchema(now.additionalProperties))
      compare(`${where}.*`, direction, old.additionalProperties, now.additionalProperties)
  }

  function compareValues(where, direction, old, now, open) {
    if (direction === 'sent' && old.nullable && !now.nullable) say(where, 'it must not be null any more')
    if (direction === 'received' && !old.nullable && now.nullable) say(where, 'it may be null now')
    for (const value of old.enum ?? [])
      if (now.enum && !now.enum.includes(value)) say(where, `the value ${value} is gone`)
    if (direction === 'sent' && !old.enum && now.enum) say(where, `it has to be one of ${now.enum.join(', ')} now`)
    if (direction === 'received' && old.enum && !open) {
      if (!now.enum) say(where, 'it may be any value now')
      for (const value of now.enum ?? []) if (!old.enum.includes(value)) say(where, `the value ${value} is new`)
    }
  }

  function compareLimits(where, old, now) {
    if (now.pattern && now.pattern !== old.pattern)
      say(where, `the pattern ${old.pattern ?? 'none'} is ${now.pattern} now`)
    for (const limit of ['minLength', 'minItems', 'minimum'])
      if ((now[limit] ?? -Infinity) > (old[limit] ?? -Infinity)) say(where, `${limit} is ${now[limit]} now`)
    for (const limit of ['maxLength', 'maxItems', 'maximum'])
      if ((now[limit] ?? Infinity) < (old[limit] ?? Infinity)) say(where, `${limit} is ${now[limit]} now`)
  }

  function compareMembers(where, direction, old, now) {
    const required = (schema, name) => (schema.required ?? []).includes(name)
    for (const [name, member] of Object.entries(old.properties ?? {})) {
      const here = `${where}.${name}`
      // Unknown fields of a request are refused, so one that is gone is missed in both directions.
      if (!now.properties?.[name]) say(here, 'the property is gone')
      else {
        if (direction === 'sent' && !required(old, name) && required(now, name))
          say(here, 'the property is required now')
        if (direction === 'received' && required(old, name) && !required(now, name))
          say(here, 'the property may be absent now')
        compare(here, direction, member, now.properties[name])
      }
    }
    if (direction === 'sent')
      for (const name of now.required ?? [])
        if (!old.properties?.[name]) say(`${where}.${name}`, 'a new property is required')
  }

  return compare
}

const isSchema = (value) => typeof value === 'object' && value !== null

/** A reference with a description of its own is an `allOf` of one. */
const referenceOf = (schema) => schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0].$ref : undefined)
const nameOf = (schema) => referenceOf(schema)?.split('/').at(-1)

/** The schema itself, with all that an `allOf` says put together. */
function resolved(document, schema) {
  const { allOf = [], $ref, ...own } = schema
  const parts = [...($ref ? [document.components.schemas[$ref.split('/').at(-1)]] : []), ...allOf]
  return parts
    .map((part) => resolved(document, part))
    .reduce(
      (one, other) => ({
        ...other,
        ...one,
        properties: { ...other.properties, ...one.properties },
        required: [...(other.required ?? []), ...(one.required ?? [])],
      }),
      own,
    )
}
