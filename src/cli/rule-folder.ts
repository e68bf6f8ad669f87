import { findRuleFiles } from '../adapters/files/rule-files.ts'
import type { RuleFiles as FoundFiles } from '../adapters/files/rule-files.ts'
import { readRuleFile, referencedPath } from '../adapters/files/text-file.ts'
import type { FileText } from '../adapters/files/text-file.ts'
import { hashOf } from '../evaluate/content.ts'
import type { EngineChoice } from '../model/contract.ts'
import type { Clock } from '../ports/clock.ts'
import { loadSteps } from './load-rules.ts'
import type { LoadedContract, RuleSet } from './load-rules.ts'

/** Reading may hold the event loop for so long before others have their turn. */
const SLICE_MS = 8
/** Digits of a hash that people compare. */
const SHORT = 12

/** All that a rule set is made of, as it stood at one moment. */
export interface RuleTexts {
  readonly found: FoundFiles
  readonly texts: ReadonlyMap<string, FileText>
  /** Equal as long as no file changed, came or went. */
  readonly digest: string
}

/** A rule set with the texts that it was made of. */
export interface LoadedRules {
  readonly ruleSet: RuleSet
  /** That of the texts, were they read now by `look` and unchanged. */
  readonly digest: string
  /** Names what these contracts say, with their schemas and policies, in a few digits: the same on every machine, in whatever order. */
  hash(isOurs: (contract: LoadedContract) => boolean): string
}

/** The rules below a path. Contracts and policies are found by their names; of schemas, those are known that the last load asked for. */
export class RuleFolder {
  readonly #path: string
  readonly #engine: EngineChoice
  readonly #clock: Pick<Clock, 'monotonicMs' | 'yieldToLoop'>
  #referenced: readonly string[] = []

  constructor(path: string, engine: EngineChoice, clock: Pick<Clock, 'monotonicMs' | 'yieldToLoop'>) {
    this.#path = path
    this.#engine = engine
    this.#clock = clock
  }

  /** Reads all files by their content: times and sizes tell too little, above all on file systems of other machines. */
  async look(): Promise<RuleTexts> {
    const found = findRuleFiles([this.#path])
    const texts = new Map<string, FileText>()
    let sliceEndMs = this.#clock.monotonicMs() + SLICE_MS
    for (const path of [
      ...found.policies.map((policy) => policy.path),
      ...found.files,
      ...this.#referenced,
    ]) {
      texts.set(path, readRuleFile(path))
      if (this.#clock.monotonicMs() < sliceEndMs) continue
      await this.#clock.yieldToLoop()
      sliceEndMs = this.#clock.monotonicMs() + SLICE_MS
    }
    return { found, texts, digest: digestOf(found, texts) }
  }

  /**
   * Reads, checks and compiles these texts and those that they refer to. Others have their turn between contracts. What is wrong is in
   * `problems`; nothing is thrown.
   */
  async load({ found, texts }: RuleTexts): Promise<LoadedRules> {
    const reading = new Reading(texts)
    const { read, readReference } = reading
    const steps = loadSteps({ ...found, read, readReference }, this.#engine)
    const pause = this.#pauses()
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) await pause()
    const ruleSet = step.value
    this.#referenced = reading.referenced
    return {
      ruleSet,
      digest: digestOf(found, reading.used(found)),
      hash: (isOurs) => hashOf(ruleSet.loaded.filter(isOurs).map(reading.hash).toSorted()).slice(0, SHORT),
    }
  }

  /** Lets others have their turn whenever it is time. */
  #pauses(): () => Promise<void> {
    let sliceEndMs = this.#clock.monotonicMs() + SLICE_MS
    return async () => {
      if (this.#clock.monotonicMs() < sliceEndMs) return
      await this.#clock.yieldToLoop()
      sliceEndMs = this.#clock.monotonicMs() + SLICE_MS
    }
  }
}

/** Texts that were read before, others from their files, and who refers to which. */
class Reading {
  readonly #texts: Map<string, FileText>
  readonly #links = new Map<string, Map<string, string>>()

  constructor(texts: ReadonlyMap<string, FileText>) {
    this.#texts = new Map(texts)
  }

  readonly read = (path: string): FileText => {
    const text = this.#texts.get(path) ?? readRuleFile(path)
    this.#texts.set(path, text)
    return text
  }

  readonly readReference = (from: string, reference: string): FileText => {
    const path = referencedPath(from, reference)
    const links = this.#links.get(from) ?? new Map<string, string>()
    this.#links.set(from, links.set(reference, path))
    return this.read(path)
  }

  get referenced(): readonly string[] {
    return [...new Set([...this.#links.values()].flatMap((links) => [...links.values()]))]
  }

  /** The texts that `RuleFolder.look` would read next. */
  used({ files, policies }: FoundFiles): ReadonlyMap<string, FileText> {
    const paths = [...policies.map(({ path }) => path), ...files, ...this.referenced]
    return new Map(paths.map((path) => [path, this.read(path)]))
  }

  readonly hash = ({ contract, policy }: LoadedContract): string =>
    hashOf([
      contract.id,
      ...this.#textsFrom(contract.file),
      ...(policy === undefined ? [] : this.#textsFrom(policy.file)),
    ])

  /** The text of a file and of all that it leads to, each with the words that refer to it. */
  #textsFrom(path: string, seen: Set<string> = new Set()): string[] {
    if (seen.has(path)) return []
    seen.add(path)
    const file = this.read(path)
    const links = [...(this.#links.get(path) ?? [])]
    return [
      'text' in file ? file.text : file.missing,
      ...links.flatMap(([reference, target]) => [reference, ...this.#textsFrom(target, seen)]),
    ]
  }
}

function digestOf(found: FoundFiles, texts: ReadonlyMap<string, FileText>): string {
  const { files, policies, without, misnamed } = found
  const contents = [...texts].flatMap(([path, file]) => [
    path,
    'text' in file ? `=${file.text}` : `!${file.missing}`,
  ])
  return hashOf([JSON.stringify([files, policies, without, [...misnamed]]), ...contents])
}
