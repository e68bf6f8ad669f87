import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runOrThrow } from '../../tools/child-process/run-to-end.ts'
import { startKafka } from '../../tools/embedded-kafka/start-kafka.ts'
import {
  assay,
  clients,
  contract,
  createTopic,
  folderWith,
  judged,
  numbers,
  POSITIVE,
  receiver,
  uniqueName,
} from './support.ts'

const PASSWORD = 'key-secret'
const USER = { name: 'assay', password: 'plain-secret' }

/** A key pair for 127.0.0.1, made by the JDK's own tool, and its certificate as PEM. */
async function certificate(folder: string): Promise<{ keystore: string; pem: string }> {
  const keystore = join(folder, 'broker.p12')
  const store = ['-alias', 'broker', '-keystore', keystore, '-storepass', PASSWORD]
  const names = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1', '-validity', '2']
  await runOrThrow('keytool', ['-genkeypair', '-keyalg', 'RSA', '-storetype', 'PKCS12', ...store, ...names])
  const { stdout } = await runOrThrow('keytool', ['-exportcert', '-rfc', ...store])
  const pem = join(folder, 'ca.pem')
  writeFileSync(pem, stdout)
  return { keystore, pem }
}

test('TLS with SASL PLAIN: files and secrets from the environment; a certificate that is not trusted is refused', async () => {
  const folder = folderWith({ 'password.txt': `${USER.password}\n` })
  const { keystore, pem } = await certificate(folder)
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  const kafka = await startKafka({
    ownProcess: true,
    config: {
      'listener.security.protocol.map': 'CLIENT:SASL_SSL,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'ssl.keystore.location': keystore,
      'ssl.keystore.password': PASSWORD,
      'ssl.keystore.type': 'PKCS12',
      'sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.client.plain.sasl.jaas.config': `${login} user_${USER.name}="${USER.password}";`,
    },
  })
  onTestFinished(() => kafka.stop())
  const { admin, producer } = await clients(kafka.directBrokers)
  const topic = uniqueName('tls')
  await createTopic(admin, topic)
  await producer.send({ topic, messages: numbers(6) })
  const statsd = await receiver()
  const rules = folderWith({ 'a.contract.yaml': contract(topic, POSITIVE) })
  const setting = {
    rules,
    group: uniqueName('assay'),
    statsd,
    brokers: kafka.brokers,
    flags: ['--from', 'earliest'],
  }
  const sasl = {
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: USER.name,
    KAFKA_SASL_PASSWORD_FILE: join(folder, 'password.txt'),
  }

  const service = assay({ ...setting, env: { ...sasl, KAFKA_TLS_CA_FILE: pem } })
  await statsd.until(() => judged(statsd, { topic }) >= 6, 30_000)
  expect(await service.stop()).toBe(0)
  expect(JSON.stringify(service.log)).not.toContain(USER.password)
  expect(JSON.stringify(service.log)).not.toContain(readFileSync(pem, 'utf8').slice(30, 60))

  const distrusting = assay({ ...setting, env: { ...sasl, KAFKA_TLS: 'true' } })
  const line = await distrusting.logged(({ msg }) => msg.startsWith('Kafka can’t be used now'))
  expect(line['error']).toMatch(/self-signed certificate|self signed certificate/)
  expect(await distrusting.stop()).toBe(0)
})
