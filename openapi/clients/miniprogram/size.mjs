// Prints what the kit costs a mini program, and fails where that is too much.
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const LIMIT = 6 * 1024

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('src/index.ts', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2017',
  write: false,
})
const code = outputFiles[0].contents
const size = gzipSync(code, { level: 9 }).length
console.log(`wxlogin-miniprogram: ${code.length} bytes minified, ${size} gzipped, of ${LIMIT}`)
if (size > LIMIT) process.exitCode = 1
