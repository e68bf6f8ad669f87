import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Kafka, logLevel } from 'kafkajs'
import { expect, onTestFinished, test } from 'vitest'
import { runToEnd, type Finished } from '../../tools/child-process/run-to-end.ts'
import { startKafka } from '../../tools/embedded-kafka/start-kafka.ts'

const DEMO = join(import.meta.dirname, '../../tools/demo/demo.ts')
const TIMEOUT_MS = 120_000

/** Runs the demo to its end, and says what it left in its folder for temporary files. */
async function demo(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Finished & { left: string[] }> {
  const folder = scratchFolder()
  const finished = await runToEnd(process.execPath, [DEMO, ...args], {
    env: { ...process.env, TMPDIR: folder, ...env },
    timeoutMs: TIMEOUT_MS,
  })
  return { ...finished, left: readdirSync(folder) }
}

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const CLAIMS = [
  'yes  each of 13,500 records was judged once by every contract that watches its topic',
  'yes  114 counts of results and verdicts are those of an independent judge',
  'yes  committed offsets are the end offsets of 8 partitions',
  'yes  every metric line is well formed',
  'yes  the service stopped in order on SIGTERM',
]

test(
  'the demo counts every record once, explains faults, and leaves nothing behind',
  async () => {
    const { exitCode, stdout, stderr, left } = await demo(['--seconds', '6'])
    expect(stderr).toBe('')
    expect(stdout).toContain('Nothing was lost and nothing was counted twice')
    for (const claim of CLAIMS) expect(stdout).toContain(claim)
    expect(stdout).toMatch(/^ads\.search-ad-published +9,000 /m)
    expect(stdout).toContain('price_is_positive: fail (false): `ad.price.amount > 0` is false')
    expect(stdout).toContain('undecodable (not_json)')
    expect(exitCode).toBe(0)
    expect(left).toEqual([])
  },
  TIMEOUT_MS,
)

test(
  'without a terminal it prints plain lines',
  async () => {
    const { stdout } = await demo([], { ASSAY_DEMO_SECONDS: '4' })
    expect(stdout).not.toContain('\x1b')
    expect(stdout).toMatch(/^ +\d s {2}Incident: the producer writes a negative price/m)
    expect(stdout).toMatch(/^ +\d s {2}[\d,]+ produced, [\d,]+ judged {2}lag /m)
  },
  TIMEOUT_MS,
)

test(
  'on shared brokers it uses names of its own and takes them away again',
  async () => {
    const kafka = await startKafka({ ownProcess: true })
    onTestFinished(() => kafka.stop())
    const { exitCode, stdout } = await demo(['--seconds', '4'], { ASSAY_TEST_BROKERS: kafka.brokers })
    expect(stdout).toContain(`Kafka of ASSAY_TEST_BROKERS answers at ${kafka.brokers}`)
    expect(exitCode).toBe(0)
    const admin = new Kafka({ brokers: [kafka.brokers], logLevel: logLevel.NOTHING }).admin()
    onTestFinished(() => admin.disconnect())
    await admin.connect()
    expect((await admin.listTopics()).filter((topic) => !topic.startsWith('__'))).toEqual([])
    expect((await admin.listGroups()).groups).toEqual([])
  },
  TIMEOUT_MS,
)

test(
  'Ctrl-C ends everything in order',
  async () => {
    const folder = scratchFolder()
    const child = spawn(process.execPath, [DEMO, '--seconds', '60'], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const lines: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line)
      if (line.includes(' lag ')) child.kill('SIGINT')
    }
    expect(lines.at(-1)).toBe('Stopped. Everything that the demo started has ended.')
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(130)
    expect(readdirSync(folder)).toEqual([])
  },
  TIMEOUT_MS,
)

test('where no broker can be had it says what to install', async () => {
  const { exitCode, stderr, left } = await demo([], {
    PATH: '/nowhere',
    DOCKER_HOST: 'unix:///nowhere/docker.sock',
    ASSAY_TEST_BROKERS: '',
  })
  expect(stderr).toContain('No Kafka can be had here')
  expect(stderr).toContain(
    'Set ASSAY_TEST_BROKERS=host:port, or start Docker, or install Java 17 (or later) and Maven.',
  )
  expect(exitCode).toBe(4)
  expect(left).toEqual([])
})

test('a bad duration is a mistake of usage', async () => {
  const { exitCode, stdout, stderr } = await demo(['--seconds', 'soon'])
  expect(stderr).toContain('--seconds (ASSAY_DEMO_SECONDS) must be a whole number from 4 to 3600, not `soon`')
  expect(stdout).toBe('')
  expect(exitCode).toBe(2)
})
