import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'

const CONTRACT_SUFFIX = '.contract.yaml'
/** Also with the wrong end: only who runs tests is to be told of it. */
const TEST_NAME = /\.contract\.test\.ya?ml$/
const POLICY_NAME = 'assay.policy.yaml'
const MISNAMED = /(?:\.contract|\bassay\.policy)\.yml$/

/** A policy file: it holds for the folder that it stands in and all below. */
export interface FoundPolicy {
  readonly path: string
  /** Whether it stands below a given folder, so that everything that it holds for was looked at. */
  readonly isWhole: boolean
  /** The policy file that holds for the same folder already, if there is one. */
  readonly outer: string | undefined
}

/** What stands below some paths. */
export interface RuleFiles {
  /** Contract files, sorted, each once. */
  readonly files: string[]
  readonly policies: readonly FoundPolicy[]
  /** Tests of contracts, also those that end in `.yml`, sorted, each once. */
  readonly tests: string[]
  /** Paths that can't be read, and given ones that hold no contract. */
  readonly without: string[]
  /** Files that end in `.yml`, and so are not read though somebody meant them to be. */
  readonly misnamed: readonly string[]
}

/**
 * The contract and policy files below the given paths. A path may be a folder or a file. Names that begin with a dot are passed over: a
 * mounted ConfigMap keeps its generations in folders named `..2026_…`. A policy file may also stand above a path, up to the folder that
 * is a git repository: one contract of a tree is held against the same policies as all of them.
 */
export function findRuleFiles(paths: readonly string[]): RuleFiles {
  const contracts = new Map<string, string>()
  const policies = new Map<string, FoundPolicy>()
  const tests = new Map<string, string>()
  const without: string[] = []
  const misnamed = new Set<string>()
  for (const path of paths) {
    const tree: Tree = { contracts: [], policies: [], tests: [], unreadable: [], misnamed, seen: new Set() }
    walk(path, tree)
    const holdsNothing = tree.contracts.length === 0 && !isPolicy(path) && tree.unreadable.length === 0
    without.push(...(holdsNothing ? [path] : tree.unreadable))
    for (const file of tree.contracts) addNew(contracts, file)
    for (const file of tree.tests) addNew(tests, file)
    for (const policy of policiesOf(path, tree)) {
      const real = realPathOf(policy.path)
      const known = policies.get(real)
      // Another path may have led to it from below, and seen a part of its tree only.
      policies.set(real, known ? { ...known, isWhole: known.isWhole || policy.isWhole } : policy)
    }
  }
  return {
    files: [...contracts.values()].sort(),
    policies: [...policies.values()],
    tests: [...tests.values()].sort(),
    without,
    misnamed: [...misnamed],
  }
}

/** The policy file that holds for a file. */
export function policyFor(file: string, policies: readonly FoundPolicy[]): FoundPolicy | undefined {
  return policies.find(({ path, outer }) => {
    const folder = resolve(dirname(path))
    return outer === undefined && resolve(file).startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
  })
}

/** What one given path leads to. */
interface Tree {
  readonly contracts: string[]
  /** From the outside in. */
  readonly policies: string[]
  readonly tests: string[]
  /** Folders that can't be read: their contracts must not go missing without a word. */
  readonly unreadable: string[]
  readonly misnamed: Set<string>
  /** Real paths of the folders so far, for links may lead round in circles. */
  readonly seen: Set<string>
}

function walk(path: string, tree: Tree): void {
  const real = realPathOf(path)
  if (tree.seen.has(real)) return
  tree.seen.add(real)
  try {
    if (!statSync(path).isDirectory()) return addFile(path, tree)
    const names = readdirSync(path).filter((name) => !name.startsWith('.') && name !== 'node_modules')
    const entries = names.map((name) => join(path, name))
    // A policy of this folder is outside of those below.
    for (const entry of entries.filter(isPolicy)) addFile(entry, tree)
    for (const entry of entries.filter((candidate) => !isPolicy(candidate))) {
      // A folder with the name of a contract is told when it is read.
      if (isContract(entry) || isTest(entry)) addFile(entry, tree)
      else if (isFolder(entry)) walk(entry, tree)
      else if (MISNAMED.test(entry)) tree.misnamed.add(entry)
    }
  } catch {
    tree.unreadable.push(path)
  }
}

/** A given file is taken for a contract whatever its name, unless it is something else by its name. */
function addFile(path: string, { contracts, policies, tests }: Tree): void {
  if (isPolicy(path)) policies.push(path)
  else if (isTest(path)) tests.push(path)
  else contracts.push(path)
}

function policiesOf(path: string, tree: Tree): FoundPolicy[] {
  const above = policyAbove(path)
  const below = tree.policies.map((policy) => ({ path: policy, isWhole: !isPolicy(path) }))
  const all = above === undefined ? below : [{ path: above, isWhole: false }, ...below]
  return all.map((policy, index) => ({ ...policy, outer: index === 0 ? undefined : all[0]?.path }))
}

/** The nearest policy file in the folders above a path. */
function policyAbove(path: string): string | undefined {
  return foldersAbove(path)
    .map((folder) => join(folder, POLICY_NAME))
    .find((policy) => existsSync(policy))
}

/** From the inside out, for a file beginning with its own. */
function foldersAbove(path: string): string[] {
  let folder = isFolder(path) ? path : dirname(path)
  const folders = isFolder(path) || isPolicy(path) ? [] : [folder]
  while (!existsSync(join(folder, '.git')) && resolve(folder, '..') !== resolve(folder)) {
    folder = join(folder, '..')
    folders.push(folder)
  }
  return folders
}

function addNew(found: Map<string, string>, file: string): void {
  const real = realPathOf(file)
  if (!found.has(real)) found.set(real, file)
}

/** What can't be looked at is no folder: that is told when it is read. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** A link that leads nowhere is its own path: that there is no such file is said when it is read. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function isContract(path: string): boolean {
  return basename(path).endsWith(CONTRACT_SUFFIX)
}

function isTest(path: string): boolean {
  return TEST_NAME.test(path)
}

function isPolicy(path: string): boolean {
  return basename(path) === POLICY_NAME
}
