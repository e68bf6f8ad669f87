import type { Command } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { startHttpServer } from '../adapters/http/server.ts'
import type { HttpServer } from '../adapters/http/server.ts'
import { registerCodecs } from '../adapters/kafka/codecs/register.ts'
import { selfTest } from '../adapters/kafka/codecs/self-test.ts'
import { KafkaSource } from '../adapters/kafka/source.ts'
import { LogAnnouncer } from '../adapters/log/announcer.ts'
import { createLog } from '../adapters/log/log.ts'
import { PrometheusSink } from '../adapters/prometheus/sink.ts'
import { SchemaRegistry } from '../adapters/schema-registry/schema-registry.ts'
import { StatsdSink } from '../adapters/statsd/sink.ts'
import { resolveRunConfig } from '../config/run-config.ts'
import type { Flags, RunConfig } from '../config/run-config.ts'
import {
  DATADOG_SETTINGS,
  KAFKA_SETTINGS,
  PRIVACY_SETTINGS,
  REGISTRY_SETTINGS,
  RUN_SETTINGS,
} from '../config/settings.ts'
import { DEFAULT_DECODE_LIMITS } from '../decode/decode.ts'
import { Engine } from '../engine/engine.ts'
import { Fault } from '../errors/fault.ts'
import { canGenerateCode } from '../expression/index.ts'
import type { Log } from '../ports/log.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { ownVersion } from './own-version.ts'
import { statusOptions, statusTexts } from './status-page.ts'
import { envHelp, NO_CODE_GENERATION } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { dayNow, govern } from './govern.ts'
import type { RuleSet } from './load-rules.ts'
import { readSecret } from './registry.ts'
import type { RuleReload } from './reload.ts'
import { RuleFolder } from './rule-folder.ts'
import { runnableRules } from './runnable-rules.ts'
import type { DomainRules } from './runnable-rules.ts'
import { startReload } from './start-reload.ts'
import type { RuleOrigin } from './start-reload.ts'
import { refuse } from './streams.ts'
import type { Streams } from './streams.ts'

/** Adds `assay run` to the program. */
export function addRun(program: Command, { env, streams, end }: CommandLine): void {
  const command = program.command('run').description('consume, judge and report until stopped')
  for (const { flag, argument, env: variable, fallback, help } of Object.values(RUN_SETTINGS)) {
    const normally = fallback === undefined ? '' : `; ${fallback} unless given`
    command.option(`--${flag} <${argument}>`, envHelp(`${help}${normally}`, variable))
  }
  command
    .addHelpText('after', environmentHelp())
    .action(async (flags: Flags) => end(await run(flags, env, streams)))
}

function environmentHelp(): string {
  const settings = [...KAFKA_SETTINGS, ...REGISTRY_SETTINGS, ...PRIVACY_SETTINGS, ...DATADOG_SETTINGS]
  const lines = settings.map(({ env, help }) => `  ${env.padEnd(29)} ${help}`)
  return `\nEach flag can be given as the environment variable in brackets instead. From the environment alone:\n${lines.join('\n')}`
}

/** `assay run`: consumes, judges and reports until a signal or a fault ends it. */
async function run(flags: Flags, env: NodeJS.ProcessEnv, streams: Streams): Promise<number> {
  const { config, problems } = resolveRunConfig(flags, env, readSecret)
  if (config === undefined) return refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
  const folder = new RuleFolder(config.rules, config.engine, systemClock)
  const loaded = await folder.load(await folder.look())
  const rules = runnableRules(loaded, config)
  if ('problems' in rules) return refuse(streams, reportProblemsAsText(rules.problems, loaded.ruleSet))

  const log = createLog(config.logLevel, { service: 'assay', domain: rules.domain })
  logWarnings(log)
  logBreaches(loaded.ruleSet, log)
  endOnLostErrors(log)
  if (config.engine === 'auto' && !canGenerateCode()) log.warn(NO_CODE_GENERATION)
  try {
    return await serve(config, rules, { folder, digest: loaded.digest }, log)
  } catch (error) {
    return reportFault(error, log)
  }
}

/** Policies are for those who review contracts: the service says what it found, and runs. */
function logBreaches(ruleSet: RuleSet, log: Log): void {
  const [first, ...more] = govern(ruleSet, dayNow())
  if (!first) return
  log.warn('Contracts do not comply with policies: see assay validate', {
    breaches: more.length + 1,
    first: first.message,
    file: first.at?.file,
  })
}

/**
 * Starts in order (codecs, sinks, HTTP, source), and stops in reverse.
 *
 * @throws Fault
 */
async function serve(
  config: RunConfig,
  { domain, topics, hash }: DomainRules,
  files: RuleOrigin,
  log: Log,
): Promise<number> {
  registerCodecs(config)
  await selfTest()
  const tags = config.tags(domain)
  const group = config.group ?? `assay-${domain}`
  const prometheus = new PrometheusSink(tags)
  const { statsd: address, datadog } = config
  const statsd = address === undefined ? [] : [new StatsdSink({ address, datadog, globalTags: tags }, log)]
  const source = new KafkaSource(
    { ...config, ...config.security, group, clientId: `assay-${domain}` },
    topics.map(({ topic }) => topic),
    systemClock,
    log,
  )
  const engine = new Engine(topics, source, [...statsd, prometheus], systemClock, log, {
    ...config,
    domain,
    group,
    limits: { ...DEFAULT_DECODE_LIMITS, maxEventBytes: config.maxEventBytes },
    // Events are an Agent's own: other receivers refuse them.
    announcers: [new LogAnnouncer(log), ...(datadog ? statsd : [])],
    rebuild:
      config.assign === 'topic'
        ? { records: config.rebuildRecords, timeoutMs: config.rebuildTimeoutMs }
        : undefined,
    schemas: config.registry && {
      provider: new SchemaRegistry(config.registry),
      unknownTtlMs: config.registry.unknownTtlMs,
      random: Math.random,
    },
    status: config.http && statusOptions(config),
  })
  engine.rules.begin(hash, config.reloadMs !== undefined)
  const reload = startReload(config, domain, engine.rules, files, log, logBreaches)
  const server = await startServer(config, engine, prometheus)
  const stopped = whenStopped(engine, reload, config.stopTimeoutMs, log)
  log.info('Assay runs', {
    group,
    rules: hash,
    topics: topics.map(({ topic }) => topic),
    contracts: topics.flatMap(({ contracts }) =>
      contracts.map(({ contract }) => `${contract.id} ${contract.version}`),
    ),
    http: server === undefined ? 'off' : `${config.http?.host}:${server.port}`,
    statsd: config.statsd ?? 'off',
    schemaRegistry: config.registry?.urls ?? 'off',
  })
  try {
    return await Promise.race([whenFailed(engine.run()), stopped])
  } finally {
    reload?.stop()
    await server?.close()
  }
}

async function startServer(
  { http }: RunConfig,
  engine: Engine,
  prometheus: PrometheusSink,
): Promise<HttpServer | undefined> {
  if (http === undefined) return undefined
  try {
    const probes = {
      health: () => engine.health(),
      metrics: () => prometheus.scrape(),
      rules: () => engine.rules.describe(),
      status: () => ({ recognised: engine.recognised() }),
    }
    return await startHttpServer(http, probes, engine.reports && statusTexts(engine.reports, ownVersion()))
  } catch (error) {
    throw new Fault(
      'HTTP_UNUSABLE',
      `${http.host}:${http.port} can’t be listened on: ${error instanceof Error ? error.message : String(error)}`,
      'Choose another address with --http (ASSAY_HTTP), or `off` for no server.',
      { cause: error },
    )
  }
}

/** Only a stop lets the engine end without a fault, and then how the stop went decides. */
function whenFailed(running: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    running.catch(reject)
  })
}

/** The first signal stops in order, under one deadline; a second one ends the process at once. */
function whenStopped(
  engine: Engine,
  reload: RuleReload | undefined,
  stopTimeoutMs: number,
  log: Log,
): Promise<number> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      process.once('SIGTERM', () => process.exit(EXIT_CODES.runtimeFailure))
      process.once('SIGINT', () => process.exit(EXIT_CODES.runtimeFailure))
      reload?.stop()
      log.info('Stopping: no more batches, then flush, commit and leave', { signal })
      resolve(stopInTime(engine, stopTimeoutMs, log))
    }
    process.once('SIGTERM', onSignal)
    process.once('SIGINT', onSignal)
  })
}

async function stopInTime(engine: Engine, stopTimeoutMs: number, log: Log): Promise<number> {
  const late = systemClock.sleep(stopTimeoutMs).then((): never => {
    throw new Fault(
      'STOP_TIMED_OUT',
      `the stop took longer than ${stopTimeoutMs} ms`,
      'What was judged since the last commit is judged again by the next process; nothing is lost.',
    )
  })
  const isDone = await Promise.race([engine.stop(), late])
  if (isDone) {
    log.info('Stopped: everything that was judged is sent and committed')
    return EXIT_CODES.fine
  }
  log.error('Stopped, but not everything could be sent and committed: the next process judges it again')
  return EXIT_CODES.runtimeFailure
}

function reportFault(error: unknown, log: Log): number {
  if (error instanceof Fault)
    log.error(`${error.message} [${error.code}]`, { code: error.code, hint: error.hint })
  else log.error('Assay failed', { error: error instanceof Error ? error.stack : String(error) })
  return EXIT_CODES.runtimeFailure
}

/** Node's warnings as log lines. kafkajs makes a timer with a negative delay on Node 24, which is harmless (kafkajs issue 1751). */
function logWarnings(log: Log): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => {
    if (name !== 'TimeoutNegativeWarning') log.warn('Node warns', { name, warning: message })
  })
}

/** An error that nobody waits for leaves the program in an unknown state: better a new process than a zombie. */
function endOnLostErrors(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => process.exit(reportFault(error, log)))
  }
}
