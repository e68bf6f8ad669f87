import { existsSync, statSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { findRepository, resolveRevision } from '../adapters/git/repository.ts'
import { RevisionFiles } from '../adapters/git/revision-files.ts'
import type { Side } from '../compare/side.ts'
import type { ErrorCode } from '../errors/register.ts'
import type { Problem } from '../model/problem.ts'
import { checkRulesFrom, folderSource, loadRulesFrom } from './load-rules.ts'
import type { RuleSet, RuleSource } from './load-rules.ts'

/** One version of the rules, as far as it could be read. */
export interface LoadedSide {
  /** What the command line calls it. */
  readonly name: string
  readonly side: Side
  readonly rules: RuleSet
  /** Contract files of which something could not be read, as seen from the rules folder. */
  readonly broken: ReadonlySet<string>
  /** True if there is no contract file at all. */
  readonly isEmpty: boolean
}

/** Rules that are read all the same, though one of their expressions or schemas is wrong. */
const COMPARABLE: ReadonlySet<ErrorCode> = new Set([
  'EXPRESSION_INVALID',
  'SCHEMA_INVALID',
  'CONTRACT_FORMAT_CONFLICT',
  'TAG_COLLISION',
])

/**
 * Loads the rules of an existing path, or else of a git revision.
 *
 * @param rulesFolder the rules folder of a revision, as seen from the working folder
 * @param isJudging whether the rules will be run; compiling them for that takes most of the time
 * @throws Fault if `name` is neither
 */
export function loadSide(name: string, rulesFolder: string, isJudging: boolean): LoadedSide {
  return existsSync(name) ? loadFolder(name, isJudging) : loadRevision(name, rulesFolder, isJudging)
}

function loadFolder(path: string, isJudging: boolean): LoadedSide {
  const root = statSync(path).isDirectory() ? path : dirname(path)
  return toSide(path, folderSource([path]), isJudging, (file) => relative(root, file).split(sep).join('/'))
}

/** A revision without rules is no mistake: somebody wrote the first ones. */
function loadRevision(revision: string, rulesFolder: string, isJudging: boolean): LoadedSide {
  const repository = findRepository('.', rulesFolder)
  const files = new RevisionFiles(repository, revision, resolveRevision(repository, revision))
  const source: RuleSource = {
    files: files.contractFiles(),
    policies: files.policyFiles(),
    without: [],
    misnamed: [],
    read: (file) => files.read(file),
    readReference: (from, reference) => files.readReference(from, reference),
  }
  return toSide(revision, source, isJudging, (file) => files.relative(file))
}

function toSide(
  name: string,
  source: RuleSource,
  isJudging: boolean,
  relativeFile: (file: string) => string,
): LoadedSide {
  const rules = isJudging ? loadRulesFrom(source) : { ...checkRulesFrom(source), topics: [] }
  return {
    name,
    rules,
    side: { contracts: rules.contracts, read: source.readReference, relativeFile },
    broken: new Set(
      rules.problems
        .filter(isBreaking)
        .flatMap(({ at }) => (at && source.files.includes(at.file) ? relativeFile(at.file) : [])),
    ),
    isEmpty: source.files.length === 0,
  }
}

function isBreaking({ code, severity }: Problem): boolean {
  return severity === 'error' && !COMPARABLE.has(code)
}
