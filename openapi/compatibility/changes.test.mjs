import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { breakingChanges } from './changes.mjs'

const DOCUMENT = JSON.parse(await readFile(new URL('../openapi.json', import.meta.url), 'utf8'))

const schema = (document, name) => document.components.schemas[name]
const member = (document, name, property) => schema(document, name).properties[property]
const login = (document) => document.paths['/v1/login'].post
const search = (document) => document.paths['/admin/v1/accounts'].get
const limit = (document) => search(document).parameters.find(({ name }) => name === 'limit')
const problems = (document, status) => login(document).responses[status].content['application/problem+json'].examples

/** A change, and what is said of it. */
const BREAKING = {
  'an operation is removed': [(d) => delete d.paths['/v1/logout'].post, 'POST /v1/logout: the operation is gone'],
  'a path is renamed': [
    (d) => {
      d.paths['/v2/login'] = d.paths['/v1/login']
      delete d.paths['/v1/login']
    },
    'POST /v1/login: the operation is gone',
  ],
  'an operation is renamed': [
    (d) => (login(d).operationId = 'logIn'),
    'POST /v1/login: operationId login is logIn now',
  ],
  'credentials are wanted': [
    (d) => (login(d).security = [{ accessToken: [] }]),
    'POST /v1/login: it wants other credentials than none',
  ],
  'a kind of credentials is refused': [
    (d) => search(d).security.pop(),
    'GET /admin/v1/accounts: it wants other credentials than apiKeyBasic',
  ],
  'a parameter is removed': [
    (d) => (search(d).parameters = search(d).parameters.filter(({ name }) => name !== 'phone')),
    'GET /admin/v1/accounts, query phone: the parameter is gone',
  ],
  'a parameter becomes required': [
    (d) => (limit(d).required = true),
    'GET /admin/v1/accounts, query limit: the parameter is required now',
  ],
  'a new parameter is required': [
    (d) => search(d).parameters.push({ name: 'region', in: 'query', required: true, schema: { type: 'string' } }),
    'GET /admin/v1/accounts, query region: a new parameter is required',
  ],
  'a limit of a parameter is lowered': [
    (d) => (limit(d).schema.maximum = 50),
    'GET /admin/v1/accounts, query limit: maximum is 50 now',
  ],
  'a body becomes required': [
    (d) => (d.paths['/v1/me'].get.requestBody = { required: true, content: {} }),
    'GET /v1/me: a body is required now',
  ],
  'a request loses a property': [
    (d) => delete schema(d, 'LoginRequest').properties.device,
    'LoginRequest (sent).device: the property is gone',
  ],
  'a request property becomes required': [
    (d) => schema(d, 'LoginRequest').required.push('appid'),
    'LoginRequest (sent).appid: the property is required now',
  ],
  'a new request property is required': [
    (d) => {
      schema(d, 'LoginRequest').properties.region = { type: 'string' }
      schema(d, 'LoginRequest').required.push('region')
    },
    'LoginRequest (sent).region: a new property is required',
  ],
  'a pattern is narrowed': [
    (d) => (member(d, 'LoginRequest', 'code').pattern = '^[a-z]+$'),
    'LoginRequest (sent).code: the pattern ^[A-Za-z0-9_-]+$ is ^[a-z]+$ now',
  ],
  'a text must be shorter': [
    (d) => (member(d, 'LoginRequest', 'device').maxLength = 32),
    'LoginRequest (sent).device: maxLength is 32 now',
  ],
  'a request property changes its type': [
    (d) => (member(d, 'LogoutRequest', 'all').type = 'string'),
    'LogoutRequest (sent).all: the type boolean is string now',
  ],
  'null is refused': [
    (d) => delete member(d, 'ProfileChange', 'nickname').nullable,
    'ProfileChange (sent).nickname: it must not be null any more',
  ],
  'a value is refused': [(d) => schema(d, 'Scope').enum.pop(), 'Scope (sent): the value introspect is gone'],
  'an answer loses a property': [
    (d) => delete schema(d, 'Account').properties.phone,
    'Account (received).phone: the property is gone',
  ],
  'a property of an answer is renamed': [
    (d) => {
      const { properties } = schema(d, 'Tokens')
      properties.lifetime = properties.expires_in
      delete properties.expires_in
    },
    'Tokens (received).expires_in: the property is gone',
  ],
  'a property of an answer may be absent': [
    (d) => (schema(d, 'Tokens').required = ['access_token']),
    'Tokens (received).expires_in: the property may be absent now',
  ],
  'a property of an answer changes its type': [
    (d) => (member(d, 'Tokens', 'expires_in').type = 'string'),
    'Tokens (received).expires_in: the type integer is string now',
  ],
  'a property of an answer changes its format': [
    (d) => delete member(d, 'Account', 'created_at').format,
    'Account (received).created_at: the format date-time is none now',
  ],
  'an answer within a list changes': [
    (d) => delete schema(d, 'Identity').properties.openid,
    'Identity (received).openid: the property is gone',
  ],
  'a closed enumeration grows': [
    (d) => schema(d, 'AccountStatus').enum.push('frozen'),
    'AccountStatus (received): the value frozen is new',
  ],
  'a status is removed': [(d) => delete login(d).responses['502'], 'POST /v1/login: the status 502 is gone'],
  'a media type is removed': [
    (d) => delete login(d).responses['429'].content['application/problem+json'],
    'POST /v1/login 429: the media type application/problem+json is gone',
  ],
  'a header is removed': [
    (d) => delete login(d).responses['429'].headers['Retry-After'],
    'POST /v1/login 429: the header Retry-After is gone',
  ],
  'a problem is removed': [
    (d) => delete problems(d, 400).unknown_app,
    'POST /v1/login 400: the problem unknown_app is gone',
  ],
  'a problem wants something else done': [
    (d) => (problems(d, 400).code_invalid.value.action = 'retry'),
    'POST /v1/login 400: action of the problem code_invalid was relogin, and is retry',
  ],
  'a problem code is removed': [
    (d) => (schema(d, 'ProblemCode').enum = schema(d, 'ProblemCode').enum.filter((code) => code !== 'phone_taken')),
    'ProblemCode (received): the value phone_taken is gone',
  ],
}

const COMPATIBLE = {
  nothing: () => {},
  'a new operation': (d) => (d.paths['/v1/new'] = { get: login(d) }),
  'a new parameter that may be left out': (d) =>
    search(d).parameters.push({ name: 'region', in: 'query', required: false, schema: { type: 'string' } }),
  'a new request property that may be left out': (d) =>
    (schema(d, 'LoginRequest').properties.region = { type: 'string' }),
  'a new property of an answer': (d) => {
    schema(d, 'Tokens').properties.region = { type: 'string' }
    schema(d, 'Tokens').required.push('region')
  },
  'a request property need not be there any more': (d) => (schema(d, 'RefreshRequest').required = []),
  'a limit is raised': (d) => (limit(d).schema.maximum = 500),
  'a pattern is gone': (d) => delete member(d, 'LoginRequest', 'code').pattern,
  'a new problem': (d) => {
    schema(d, 'ProblemCode').enum.push('region_closed')
    problems(d, 403).region_closed = { value: { action: 'contact_support', retryable: false } }
  },
  'a new status': (d) => (login(d).responses['451'] = login(d).responses['403']),
  'credentials of another kind are taken too': (d) => search(d).security.push({ accessToken: [] }),
  'credentials are no longer wanted': (d) => delete search(d).security,
  'other words': (d) => {
    schema(d, 'Account').description = 'Somebody.'
    login(d).summary = 'Come in'
  },
  'a header is spelled in another way': (d) => {
    const { headers } = login(d).responses['429']
    headers['RETRY-AFTER'] = headers['Retry-After']
    delete headers['Retry-After']
  },
  'a reference loses its description': (d) =>
    (schema(d, 'Account').properties.status = { $ref: '#/components/schemas/AccountStatus' }),
}

const changed = (change) => {
  const document = structuredClone(DOCUMENT)
  change(document)
  return document
}

for (const [name, [change, expected]] of Object.entries(BREAKING))
  test(`named: ${name}`, () => {
    const found = breakingChanges(DOCUMENT, changed(change))
    assert.ok(found.includes(expected), `${expected}\nis not among\n${found.join('\n') || 'nothing'}`)
  })

for (const [name, change] of Object.entries(COMPATIBLE))
  test(`passes: ${name}`, () => assert.deepEqual(breakingChanges(DOCUMENT, changed(change)), []))

test('each change is named once, however many operations meet it', () => {
  const found = breakingChanges(
    DOCUMENT,
    changed((d) => delete schema(d, 'Problem').properties.errors),
  )
  assert.deepEqual(found, ['Problem (received).errors: the property is gone'])
})

test('the program names what breaks and fails, and passes what does not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wxlogin-compatibility-'))
  t.after(() => rm(folder, { recursive: true }))
  const check = async (change) => {
    const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')]
    await writeFile(before, JSON.stringify(DOCUMENT))
    await writeFile(after, JSON.stringify(changed(change)))
    const program = fileURLToPath(new URL('check.mjs', import.meta.url))
    return spawnSync(process.execPath, [program, before, after], { encoding: 'utf8' })
  }
  const broken = await check((d) => delete d.paths['/v1/logout'].post)
  assert.equal(broken.status, 1)
  assert.equal(broken.stderr, 'breaking: POST /v1/logout: the operation is gone\n')
  const fine = await check(COMPATIBLE['a new operation'])
  assert.equal(fine.status, 0)
  assert.equal(fine.stderr, '')
})
