// The mini program as WeChat runs it: its modules loaded anew, its pages shown and tapped.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Phone } from 'wxlogin-testing/phone'
import { expect } from 'vitest'

const require = createRequire(import.meta.url)
const ROOT = new URL('../miniprogram/', import.meta.url)
const fileOf = (name: string) => fileURLToPath(new URL(name, ROOT))

type Handler = (event?: unknown) => unknown
export interface ShownPage {
  data: Record<string, any>
  /** Does what a tap on the element with this handler does. */
  tap(handler: string, event?: unknown): Promise<void>
}

/** Launches it with this configuration, in the place of `config.js`. */
export function launch(phone: Phone, config: { service: string; standIn: string }) {
  const said: string[] = []
  const visited: string[] = []
  const wx = {
    ...phone.wx,
    confirms: true,
    navigateTo: ({ url }: { url: string }) => visited.push(url),
    showModal: async () => ({ confirm: wx.confirms }),
    showToast: ({ title }: { title: string }) => said.push(title),
  }
  for (const file of Object.keys(require.cache)) if (file.startsWith(fileURLToPath(ROOT))) delete require.cache[file]
  const file = fileOf('config.js')
  require.cache[file] = { id: file, filename: file, loaded: true, exports: config } as NodeJS.Module

  /** Loads a file that registers itself by one call. */
  const registered = (name: string, by: 'App' | 'Page') => {
    const found: Record<string, any>[] = []
    Object.assign(globalThis, { wx, [by]: (options: Record<string, any>) => found.push(options) })
    require(fileOf(name))
    expect(found).toHaveLength(1)
    return found[0] as Record<string, any>
  }

  registered('app.js', 'App').onLaunch()

  return {
    wx,
    said,
    visited,
    async open(path: string): Promise<ShownPage> {
      const options = registered(`${path}.js`, 'Page')
      const template = readFileSync(new URL(`${path}.wxml`, ROOT), 'utf8')
      const handlers = [...template.matchAll(/\bbind\w+="(\w+)"/g)].map(([, handler]) => handler)
      const page = {
        ...options,
        data: structuredClone(options.data),
        setData(change: object) {
          // What crosses to the view is copied; undefined cannot.
          for (const [key, value] of Object.entries(change)) {
            expect(value, key).not.toBeUndefined()
            page.data[key] = JSON.parse(JSON.stringify(value))
          }
        },
      } as Record<string, any>
      for (const handler of handlers) expect(page[handler ?? ''], `${path}: ${handler}`).toBeTypeOf('function')
      await page.onShow()
      return {
        get data() {
          return page.data
        },
        async tap(handler, event) {
          expect(handlers).toContain(handler)
          await (page[handler] as Handler).call(page, event)
        },
      }
    },
  }
}

/** The files that app.json and project.config.json name. */
export function manifest() {
  const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'))
  return { app: read(new URL('app.json', ROOT)), project: read(new URL('../project.config.json', ROOT)), root: ROOT }
}
