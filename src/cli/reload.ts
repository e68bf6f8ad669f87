import type { ChangeWatch } from '../adapters/files/watch.ts'
import { messageOf } from '../engine/message-of.ts'
import type { RuleChanges } from '../engine/rule-notice.ts'
import type { RuleSwap } from '../engine/rule-swap.ts'
import type { Problem } from '../model/problem.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { sortProblems } from '../report/problem-order.ts'
import { problemLine } from '../report/problem-line.ts'
import type { LoadedRules, RuleFolder, RuleTexts } from './rule-folder.ts'
import type { DomainRules } from './runnable-rules.ts'

/** Files that say the same twice, so long apart, are taken to be written. */
const QUIET_MS = 250
/** So long files may be away before that is taken for meant: a folder is moved aside, and another one takes its place. */
const AWAY_MS = 10_000
/** Looks at files that never come to rest; the next one is at the next interval. */
const MOST_LOOKS = 40
/** Hints may come by the thousand. */
const SHORTEST_GAP_MS = 1_000
/** A log line has an end. */
const MOST_PROBLEMS = 50

/** What a reload needs. */
export interface ReloadParts {
  readonly folder: Pick<RuleFolder, 'look' | 'load'>
  readonly swap: RuleSwap
  /** The rules that this process can run, or why it can't. */
  readonly check: (loaded: LoadedRules) => DomainRules | { readonly problems: readonly Problem[] }
  /** Watches for a hint that files have changed. */
  readonly watch: () => ChangeWatch
  readonly clock: Clock
  readonly log: Log
  /** Is told of new rules once they judge. */
  readonly onLoaded: (loaded: LoadedRules, change: RuleSetChange) => void
}

/** One rule set that took the place of another. */
export interface RuleSetChange extends RuleChanges {
  readonly from: string
  readonly to: string
}

/**
 * Keeps the rules that judge those of the files. The files are looked through from time to time, which finds every change on every file
 * system; a watch only makes it sooner. Rules are taken over as a whole, or not at all.
 */
export class RuleReload {
  readonly #parts: ReloadParts
  readonly #intervalMs: number
  /** Of the files that were last taken over or refused. */
  #digest: string
  #nextLookMs = 0
  #sleeping = new AbortController()
  #isStopped = false
  /** Whether it was said that no hints come. */
  #isTold = false

  /** @param digest of the files that the engine began with */
  constructor(parts: ReloadParts, intervalMs: number, digest: string) {
    this.#parts = parts
    this.#intervalMs = intervalMs
    this.#digest = digest
  }

  /** Looks after the rules until `stop`. Never rejects. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      // Begun before the files are read, so that no change falls between.
      const hint = this.#watch()
      await this.#lookInPeace()
      await Promise.race([this.#sleep(this.#intervalMs), hint.came])
      this.#wake()
      hint.close()
      await this.#sleep(this.#nextLookMs - this.#parts.clock.monotonicMs())
    }
  }

  /** Takes over nothing from now on. */
  stop(): void {
    this.#isStopped = true
    this.#sleeping.abort()
  }

  /** Looks at the files once, and takes them over if they have changed and are as they should be. */
  async look(): Promise<void> {
    const { folder } = this.#parts
    let seen = await folder.look()
    for (let looks = 0; looks < MOST_LOOKS && seen.digest !== this.#digest; looks++) {
      await this.#sleep(holdsNothing(seen) ? Math.min(AWAY_MS, this.#intervalMs) : QUIET_MS)
      if (this.#isStopped) return
      const again = await folder.look()
      if (again.digest === seen.digest && (await this.#load(again))) return
      seen = again
    }
  }

  /** Gives false for files that have changed in the meantime. */
  async #load(texts: RuleTexts): Promise<boolean> {
    const { folder } = this.#parts
    const loaded = await folder.load(texts)
    // Of files that the old rules did not refer to, nobody knows yet whether they have come to rest.
    const { digest } = await folder.look()
    if (digest !== loaded.digest) return false
    if (!this.#isStopped) this.#takeOver(loaded)
    return true
  }

  #takeOver(loaded: LoadedRules): void {
    const { swap, check, onLoaded } = this.#parts
    this.#digest = loaded.digest
    const rules = check(loaded)
    if ('problems' in rules) return this.#refuse(rules.problems)
    const from = swap.hash ?? ''
    if (rules.hash === from) return this.#confirm()
    const changes = swap.replace(rules)
    onLoaded(loaded, { ...changes, from, to: rules.hash })
  }

  #refuse(problems: readonly Problem[]): void {
    const { swap, log } = this.#parts
    const errors = sortProblems(problems.filter(({ severity }) => severity === 'error'))
    const lines = errors.map(problemLine)
    swap.refuse(errors.length, lines[0] ?? '')
    log.error('The rule files can’t be used: the rules before go on', {
      rules: swap.hash,
      count: errors.length,
      problems: lines.slice(0, MOST_PROBLEMS),
      hint: errors[0]?.hint,
    })
  }

  #confirm(): void {
    const { swap, log } = this.#parts
    const wasStale = swap.stale !== undefined
    swap.confirm()
    if (wasStale) log.info('The rule files say again what runs', { rules: swap.hash })
  }

  async #lookInPeace(): Promise<void> {
    const { clock } = this.#parts
    this.#nextLookMs = clock.monotonicMs() + Math.min(SHORTEST_GAP_MS, this.#intervalMs)
    try {
      await this.look()
    } catch (error) {
      this.#fail(messageOf(error))
    }
  }

  /** The files are tried again at each look, and the failure is told once. */
  #fail(message: string): void {
    const { swap, log } = this.#parts
    this.#digest = ''
    if (swap.stale?.first === message) return
    swap.refuse(1, message)
    log.error('The rule files could not be taken over: the rules before go on', { error: message })
  }

  /** Where the system can't tell of changes, no hint ever comes. */
  #watch(): { readonly came: Promise<unknown>; close(): void } {
    try {
      const { changed, close } = this.#parts.watch()
      return { came: changed.catch((error: unknown) => this.#withoutHints(error)), close }
    } catch (error) {
      return { came: this.#withoutHints(error), close: () => {} }
    }
  }

  #withoutHints(error: unknown): Promise<never> {
    if (!this.#isTold) {
      this.#parts.log.warn('The system does not tell of changed rule files: they are found by looking', {
        error: messageOf(error),
        intervalMs: this.#intervalMs,
      })
    }
    this.#isTold = true
    return new Promise(() => {})
  }

  async #sleep(durationMs: number): Promise<void> {
    if (durationMs > 0 && !this.#isStopped) await this.#parts.clock.sleep(durationMs, this.#sleeping.signal)
  }

  #wake(): void {
    if (this.#isStopped) return
    this.#sleeping.abort()
    this.#sleeping = new AbortController()
  }
}

/** Whether all files, or a part of the folder, are away. */
function holdsNothing({ found }: RuleTexts): boolean {
  return found.files.length === 0 || found.without.length > 0
}
