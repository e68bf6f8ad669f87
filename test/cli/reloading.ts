import { PrometheusSink } from '../../src/adapters/prometheus/sink.ts'
import type { ChangeWatch } from '../../src/adapters/files/watch.ts'
import { RuleReload } from '../../src/cli/reload.ts'
import type { ReloadParts, RuleSetChange } from '../../src/cli/reload.ts'
import { RuleFolder } from '../../src/cli/rule-folder.ts'
import { runnableRules } from '../../src/cli/runnable-rules.ts'
import type { RunSetting } from '../../src/cli/runnable-rules.ts'
import { RunningEngine } from '../engine/running.ts'

export const INTERVAL_MS = 10_000

/** A watch that tells nothing, as on a file system without events. */
export const SILENT_WATCH: ChangeWatch = { changed: new Promise(() => {}), close: () => {} }

const SETTING: RunSetting = { domain: undefined, registry: undefined, assign: 'topic' }

/** An engine whose rules are those of a folder, as `assay run` keeps them, with time in the hands of the test. */
export class Reloading {
  readonly running: RunningEngine
  readonly reload: RuleReload
  readonly prometheus: PrometheusSink
  readonly changes: RuleSetChange[] = []

  private constructor(
    running: RunningEngine,
    prometheus: PrometheusSink,
    parts: Partial<ReloadParts>,
    ours: ReloadParts,
    digest: string,
  ) {
    this.running = running
    this.prometheus = prometheus
    const onLoaded: ReloadParts['onLoaded'] = (_, change) => void this.changes.push(change)
    this.reload = new RuleReload({ ...ours, onLoaded, ...parts }, INTERVAL_MS, digest)
  }

  /** Loads the rules of a folder, as `assay run` does at its start. */
  static async start(
    path: string,
    more: Partial<RunSetting> = {},
    parts: Partial<ReloadParts> = {},
  ): Promise<Reloading> {
    const setting = { ...SETTING, ...more }
    const prometheus = new PrometheusSink({})
    const turns = { monotonicMs: () => 0, yieldToLoop: () => Promise.resolve() }
    const folder = new RuleFolder(path, 'auto', turns)
    const loaded = await folder.load(await folder.look())
    const rules = runnableRules(loaded, setting)
    if ('problems' in rules) throw new Error(JSON.stringify(rules.problems))
    const running = new RunningEngine(rules.topics, { domain: rules.domain }, [prometheus])
    running.engine.rules.begin(rules.hash, true)
    const ours: ReloadParts = {
      folder,
      swap: running.engine.rules,
      check: (now) => runnableRules(now, setting, rules.domain),
      watch: () => SILENT_WATCH,
      clock: running.clock,
      log: running.log,
      onLoaded: () => {},
    }
    return new Reloading(running, prometheus, parts, ours, loaded.digest)
  }

  get hash(): string | undefined {
    return this.running.engine.rules.hash
  }

  /** Looks at the files once, for as long as it takes. */
  async look(): Promise<void> {
    const over = new AbortController()
    const looked = this.reload.look().finally(() => over.abort())
    while (!over.signal.aborted) await this.running.clock.pass(250)
    await looked
  }

  errors(): readonly { readonly message: string; readonly fields?: unknown }[] {
    return this.running.log.lines.filter(({ level }) => level === 'error')
  }
}
