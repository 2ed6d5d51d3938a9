// One service with its stand-in WeChat for all tests of a package, on free ports and with a store in memory.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PROGRAM = process.env.WXLOGIN_PROGRAM ?? join(ROOT, 'target/debug/wxlogin')

export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'wxlogin-clients-'))
  const child = spawn(PROGRAM, ['dev', '--listen', '127.0.0.1:0', '--sandbox-listen', '127.0.0.1:0'], {
    cwd: folder,
    // Many phones come from one address here, and nothing has to outlive the tests.
    env: { WXLOGIN_STORE: 'mem://', WXLOGIN_LIMITS_PER_ADDRESS: '0', WXLOGIN_LIMITS_PER_ACCOUNT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async () => {
    child.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const [service, standIn] = await addresses(child)
    const adminKey = (await readFile(join(folder, 'data/dev-admin-key'), 'utf8')).trim()
    project.provide('wxlogin', { service, standIn, adminKey })
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Where both listen, as soon as they do. */
async function addresses(child: ReturnType<typeof spawn>): Promise<[string, string]> {
  const said: string[] = []
  const found = new Promise<[string, string]>((resolve) => {
    const read = (line: string) => {
      said.push(line)
      const all = said.join('\n')
      const service = /^ {2}service +(\S+)/m.exec(all)?.[1]
      const standIn = /^ {2}WeChat +(\S+)/m.exec(all)?.[1]
      if (service && standIn && all.includes('"message":"listening"')) resolve([service, standIn])
    }
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', read)
  })
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${PROGRAM} does not listen:\n${said.join('\n')}`)
  })
  return Promise.race([found, failed])
}

declare module 'vitest' {
  interface ProvidedContext {
    wxlogin: { service: string; standIn: string; adminKey: string }
  }
}
