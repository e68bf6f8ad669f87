import { systemClock } from '../adapters/clock/clock.ts'
import { watchForHint } from '../adapters/files/watch.ts'
import type { RunConfig } from '../config/run-config.ts'
import type { RuleSwap } from '../engine/rule-swap.ts'
import type { Log } from '../ports/log.ts'
import type { RuleSet } from './load-rules.ts'
import { RuleReload } from './reload.ts'
import type { RuleFolder } from './rule-folder.ts'
import { runnableRules } from './runnable-rules.ts'

/** The files that the rules came from, as they were then. */
export interface RuleOrigin {
  readonly folder: RuleFolder
  readonly digest: string
}

/** Keeps the rules those of their files, unless they are only to be read once. */
export function startReload(
  config: RunConfig,
  domain: string,
  swap: RuleSwap,
  { folder, digest }: RuleOrigin,
  log: Log,
  logBreaches: (ruleSet: RuleSet, log: Log) => void,
): RuleReload | undefined {
  if (config.reloadMs === undefined) return undefined
  const reload = new RuleReload(
    {
      folder,
      swap,
      check: (loaded) => runnableRules(loaded, config, domain),
      watch: () => watchForHint(config.rules),
      clock: systemClock,
      log,
      onLoaded: ({ ruleSet }, change) => {
        log.info('Rules were loaded anew', { ...change })
        logBreaches(ruleSet, log)
      },
    },
    config.reloadMs,
    digest,
  )
  void reload.run()
  return reload
}
