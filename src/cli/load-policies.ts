import type { FoundPolicy } from '../adapters/files/rule-files.ts'
import type { FileText } from '../adapters/files/text-file.ts'
import { parsePolicyFile, type PolicyFile } from '../contract/policy/parse-policy.ts'
import { createTextFile } from '../contract/text-file.ts'
import type { Problem } from '../model/problem.ts'

/** A policy file that holds for some of the contracts. */
export interface LoadedPolicy extends PolicyFile {
  readonly isWhole: boolean
}

/** Reads the policy files that were found. A second one in the same tree is a mistake, and is not used. */
export function loadPolicies(
  found: readonly FoundPolicy[],
  read: (file: string) => FileText,
): {
  readonly policies: readonly LoadedPolicy[]
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const policies = found.flatMap(({ path, isWhole, outer }) => {
    const file = read(path)
    if ('missing' in file) {
      problems.push(unreadable(path, file.missing))
      return []
    }
    if (outer !== undefined) {
      problems.push(severalFiles(path, file.text, outer))
      return []
    }
    const parsed = parsePolicyFile(path, file.text)
    problems.push(...parsed.problems)
    return { ...parsed, isWhole }
  })
  return { policies, problems }
}

function severalFiles(path: string, text: string, outer: string): Problem {
  return {
    code: 'POLICY_SEVERAL_FILES',
    severity: 'error',
    message: `a policy file holds here already: ${outer}`,
    hint: 'Move the policies into the outer file, and remove this one.',
    at: createTextFile(path, text).place(0),
  }
}

/** What a file that can't be read is told as. */
export function unreadable(file: string, reason: string): Problem {
  return {
    code: 'RULES_NOT_FOUND',
    severity: 'error',
    message: `${file}: ${reason}`,
    hint: 'Check the path and who may read it.',
  }
}
