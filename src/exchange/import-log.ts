import type { ErrorCode } from '../errors/register.ts'
import type { ExchangeEntry, ExchangeKind, ExchangeOutcome } from '../model/exchange.ts'
import type { Location, Problem } from '../model/problem.ts'
import type { Path } from './path.ts'
import type { SourceDocument } from './source-document.ts'

/** Gathers what becomes of each thing in a source: nothing is dropped without a word. */
export class ImportLog {
  readonly entries: ExchangeEntry[]
  readonly notes: string[]
  readonly problems: Problem[]
  readonly #document: Pick<SourceDocument, 'at'>

  /** @param shared what another log has gathered, and goes on gathering together with this one */
  constructor(document: Pick<SourceDocument, 'at'>, shared?: ImportLog) {
    this.#document = document
    this.entries = shared?.entries ?? []
    this.notes = shared?.notes ?? []
    this.problems = shared?.problems ?? []
  }

  /** The same log for a document that is text in the other: whatever stands in it, stands at one place. */
  inside(path: Path): ImportLog {
    return new ImportLog({ at: () => this.at(path) }, this)
  }

  imported(kind: ExchangeKind, name: string, path: Path, into: string): void {
    this.#add(kind, name, path, { kind: 'imported', into })
  }

  listed(kind: ExchangeKind, name: string, path: Path, reason: string): void {
    this.#add(kind, name, path, { kind: 'listed', reason })
  }

  /** Something was filled in or written otherwise. Said once. */
  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text)
  }

  /** The source is wrong there. */
  error(code: ErrorCode, path: Path, message: string, hint: string): void {
    this.problems.push({ code, severity: 'error', message, hint, at: this.at(path) })
  }

  /** The source should not have that key. */
  wrongKey(code: ErrorCode, path: Path, message: string, hint: string): void {
    this.problems.push({ code, severity: 'error', message, hint, at: this.#document.at(path, 'key') })
  }

  /** The source is not as its standard says, but what is meant is clear. */
  warning(code: ErrorCode, path: Path, message: string, hint: string): void {
    this.problems.push({ code, severity: 'warning', message, hint, at: this.at(path) })
  }

  at(path: Path): Location {
    return this.#document.at(path)
  }

  #add(kind: ExchangeKind, name: string, path: Path, outcome: ExchangeOutcome): void {
    this.entries.push({ kind, name, at: this.at(path), outcome })
  }
}
