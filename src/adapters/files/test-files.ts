import { realpathSync, statSync } from 'node:fs'
import { findRuleFiles } from './rule-files.ts'

const CONTRACT_SUFFIX = '.contract.yaml'
const TEST_SUFFIX = '.contract.test.yaml'

/** A test file, and the contract beside it. */
export interface TestPair {
  readonly test: string
  /** As it stands among the contracts; undefined if there is none. */
  readonly contract: string | undefined
  /** Where the contract is looked for. */
  readonly expected: string
}

/** What belongs to some paths. */
export interface TestFiles {
  readonly contracts: readonly string[]
  readonly pairs: readonly TestPair[]
  /** Paths that can't be read, or to which nothing belongs. */
  readonly without: readonly string[]
  /** Files that end in `.yml`, and so are not read though somebody meant them to be. */
  readonly misnamed: readonly string[]
}

/** A path may be a folder, a contract or a test: contract and test belong together, whichever of them is named. */
export function findTestFiles(paths: readonly string[]): TestFiles {
  const { files, tests: named, without, misnamed } = findRuleFiles(paths)
  const found = named.filter((path) => path.endsWith(TEST_SUFFIX))
  // A named test that is not there is read in vain, and told then.
  const lost = paths.filter((path) => path.endsWith(TEST_SUFFIX) && !isFile(path))
  const tests = byRealPath([...found, ...files.filter(isContract).map(testOf).filter(isFile), ...lost])
  const contracts = byRealPath([...files, ...[...tests.values()].map(contractOf).filter(isFile)])
  const pairs = [...tests.values()].sort().map((test) => {
    const expected = contractOf(test)
    return { test, expected, contract: contracts.get(realPathOf(expected)) }
  })
  const isTold = (path: string) => lost.includes(path) || findRuleFiles([path]).tests.length > 0
  return {
    contracts: [...contracts.values()].sort(),
    pairs,
    without: without.filter((path) => !isTold(path)),
    misnamed: [...misnamed, ...named.filter((path) => !found.includes(path))],
  }
}

/** Of several ways to one file, the first. */
function byRealPath(paths: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const path of paths) {
    const real = realPathOf(path)
    if (!found.has(real)) found.set(real, path)
  }
  return found
}

/** A given file may be a contract whatever its name; then no test stands beside it. */
function isContract(path: string): boolean {
  return path.endsWith(CONTRACT_SUFFIX)
}

function contractOf(test: string): string {
  return `${test.slice(0, -TEST_SUFFIX.length)}${CONTRACT_SUFFIX}`
}

function testOf(contract: string): string {
  return `${contract.slice(0, -CONTRACT_SUFFIX.length)}${TEST_SUFFIX}`
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function realPathOf(path: string): string {
  return isFile(path) ? realpathSync(path) : path
}
