// Builds dist: the kit as one file, for `require` and for `import`, with its types.
import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

// What WeChat runs without the help of a compiler on every phone that still opens mini programs.
const common = { entryPoints: [here('src/index.ts')], bundle: true, target: 'es2017', logLevel: 'warning' }

await rm(here('dist'), { recursive: true, force: true })
await build({ ...common, format: 'cjs', outfile: here('dist/index.js') })
await build({ ...common, format: 'esm', outfile: here('dist/index.mjs') })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', here('tsconfig.build.json')], { stdio: 'inherit' })
await writeFile(here('dist/index.d.mts'), "export * from './index.js'\n")
