import type { ErrorEntry } from '../entry.ts'

/** Policy files, and contracts that do not comply with them. */
export const POLICY_ERRORS = {
  POLICY_SEVERAL_FILES: {
    title: 'More than one policy file',
    cause:
      'A policy file holds for the folder that it stands in and all below. With two of them in one tree, nobody could say which one a contract is held against.',
    mend: 'Move the policies into the outer file, and remove the inner one.',
  },
  POLICY_UNKNOWN_KEY: {
    title: 'A policy about a key that contracts do not have',
    cause:
      'The policy names a key of the contract by its dotted path, and the contract language has no such key, or one whose values can’t be compared.',
    mend: 'Correct the path: `owner`, `links.runbook`, `tags.tier`, `rules.description`. What begins with `rules.` is held against every rule.',
  },
  POLICY_BAD_PATTERN: {
    title: 'A pattern that can’t be used',
    cause:
      'The pattern of a policy is no regular expression, or one that could take very long: look-around and back-references are refused.',
    mend: 'Correct it as the message says.',
  },
  POLICY_NAME: {
    title: 'A value that does not match the pattern of a policy',
    cause: 'The platform demands that the values of this key are named in a certain way.',
    mend: 'Change the value as the message says, or ask the owners of the policy file for a waiver.',
  },
  POLICY_MISSING_KEY: {
    title: 'A key that a policy requires is missing',
    cause: 'The contract language does without this key, but the platform does not.',
    mend: 'Add the key, or ask the owners of the policy file for a waiver.',
  },
  POLICY_VALUE_NOT_ALLOWED: {
    title: 'A value that a policy does not allow',
    cause: 'The platform knows a closed set of values for this key: its teams or domains, say.',
    mend: 'Use one of the values that the message lists, or ask the owners of the policy file to add yours.',
  },
  POLICY_UNCLASSIFIED_FIELD: {
    title: 'A field that looks personal and is not classified',
    cause:
      'The contract mentions a field whose name holds a word for personal data, and `fields` does not say how personal it is. Values of personal fields are masked wherever they are shown, and only a class tells which.',
    mend: 'Add the field to `fields` with `pii: high`, `low` or `none`.',
  },
  POLICY_TOO_MANY_RULES: {
    title: 'A contract with more rules than a policy allows',
    cause: 'Each rule costs time for every event and several series of metrics.',
    mend: 'Leave out what nobody would act on, or split the contract by who relies on what.',
  },
  WAIVER_EXPIRED: {
    title: 'A waiver whose last day has passed',
    cause:
      'Waivers end, so that an exception does not become the rule. From the day after, the policy holds again.',
    mend: 'Make the contract comply and remove the waiver, or agree on a new day.',
  },
  WAIVER_UNUSED: {
    title: 'A waiver that waives nothing',
    cause: 'The contract complies with the policy, or there is no contract of that id.',
    mend: 'Remove the waiver, or correct the id.',
  },
} as const satisfies Record<string, ErrorEntry>
