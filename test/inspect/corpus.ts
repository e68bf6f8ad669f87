import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readReferencedFile } from '../../src/adapters/files/text-file.ts'
import { parseContract } from '../../src/contract/parse.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'
import { syntaxTree } from '../../src/expression/index.ts'
import { inspectContracts } from '../../src/inspect/inspect.ts'
import type { Contract, Rule } from '../../src/model/contract.ts'
import type { Problem } from '../../src/model/problem.ts'

export const CORPORA = ['listing', 'order', 'reading', 'account', 'shipment', 'probe', 'ad'] as const

const FOLDER = relative(process.cwd(), join(import.meta.dirname, 'corpus'))

export function readCorpus(name: string, kind: 'good' | 'wrong'): Contract {
  const file = join(FOLDER, `${name}.${kind}.contract.yaml`)
  const { contract, problems } = parseContract(file, readFileSync(file, 'utf8'))
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  return contract
}

/** What `assay validate` says of the contract, but for what it says of the file. */
export function problemsOf(contract: Contract): Problem[] {
  return [
    ...compileContracts([contract], readReferencedFile).problems,
    ...inspectContracts([contract], readReferencedFile, syntaxTree),
  ]
}

/** Problems of one rule. */
export function problemsOfRule({ id }: Rule, problems: readonly Problem[]): Problem[] {
  return problems.filter(({ message }) => message.startsWith(`rule "${id}": `))
}

/** What stands at a problem's place. */
export function textAt({ at }: Problem): string {
  return at === undefined ? '' : at.sourceLine.slice(at.column - 1, at.column - 1 + at.length)
}
