import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'
import { parseDockerfile, textsOf } from './dockerfile.ts'

const DOCKERFILE = join(import.meta.dirname, '../../Dockerfile')

test.each([
  [200, 0],
  [503, 1],
])('an answer of %i makes the exit code of the health check %i', async (status, exitCode) => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    expect(await checkHealth(port)).toBe(exitCode)
    expect(asked).toEqual(['/healthz'])
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

test('no answer is bad health', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  expect(await checkHealth(port)).toBe(1)
})

/** Runs the command that the image's HEALTHCHECK names, as in a container whose server listens on the port. */
async function checkHealth(port: number): Promise<number | null> {
  const runtime = parseDockerfile(readFileSync(DOCKERFILE, 'utf8')).at(-1)
  const [text = ''] = runtime === undefined ? [] : textsOf(runtime, 'HEALTHCHECK')
  const [, ...args] = JSON.parse(text.slice(text.indexOf('['))) as string[]
  const { exitCode } = await runToEnd(process.execPath, args, { env: { ASSAY_HTTP: `0.0.0.0:${port}` } })
  return exitCode
}
