import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SchemaRegistry } from '../../../src/adapters/schema-registry/schema-registry.ts'
import { runOrThrow } from '../../../tools/child-process/run-to-end.ts'

const PASSPHRASE = 'key-secret'

/** A key pair for 127.0.0.1, made by the JDK's own tool. */
async function keyPair(): Promise<{ pfx: Buffer; pem: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-tls-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const store = ['-alias', 'a', '-keystore', join(folder, 'a.p12'), '-storepass', PASSPHRASE]
  const names = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1', '-validity', '2']
  await runOrThrow('keytool', ['-genkeypair', '-keyalg', 'EC', '-storetype', 'PKCS12', ...store, ...names])
  const { stdout } = await runOrThrow('keytool', ['-exportcert', '-rfc', ...store])
  return { pfx: await readFile(join(folder, 'a.p12')), pem: stdout }
}

test('over TLS, a registry with a trusted certificate answers, and any other is out of reach', async () => {
  const { pfx, pem } = await keyPair()
  const server = createServer({ pfx, passphrase: PASSPHRASE }, (request, response) => {
    response.end(JSON.stringify({ schema: JSON.stringify(request.headers.authorization) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const ask = async (ca: string | undefined) => {
    const urls = [`https://127.0.0.1:${(server.address() as AddressInfo).port}`]
    const tls = { ca, cert: undefined, key: undefined }
    const registry = new SchemaRegistry({ urls, authorization: 'Bearer abc', tls, timeoutMs: 5000 })
    onTestFinished(() => registry.close())
    return registry.ask(1)
  }
  expect(await ask(pem)).toMatchObject({ kind: 'schema', schema: { text: '"Bearer abc"' } })
  expect(await ask(undefined)).toEqual({
    kind: 'unavailable',
    detail: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
  })
})
