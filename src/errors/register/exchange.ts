import type { ErrorEntry } from '../entry.ts'

/** What stands in the way of importing and exporting. */
export const EXCHANGE_ERRORS = {
  IMPORT_UNREADABLE: {
    title: 'The file to import can’t be read',
    cause: 'The file does not exist, is a folder, or may not be read.',
    mend: 'Give the path of a file.',
  },
  IMPORT_NOT_JSON: {
    title: 'The file to import is not JSON',
    cause: 'JSON Schemas, Avro schemas and rule sets of a schema registry are JSON, and this file is none.',
    mend: 'Mend the file at the caret. Comments and trailing commas are not part of JSON.',
  },
  IMPORT_WRONG_KIND: {
    title: 'The file is of another kind',
    cause: 'The file does not say what a file of the format says: another format, or another version of it.',
    mend: 'Check the format that follows `assay import`, and convert files of older versions first.',
  },
  IMPORT_INVALID: {
    title: 'The file does not follow its own standard',
    cause:
      'A part of the file is not as its standard says, so what it means is not certain: two operators in one rule, bounds that are no pair, a type that nothing defines.',
    mend: 'Mend the file at the caret, or import what is sound with --skip-invalid: the rest is then listed.',
  },
  IMPORT_IRREGULAR: {
    title: 'The file departs from its standard, and what is meant is clear',
    cause:
      'A key stands in another place, or has an older name, than the standard says. It was read all the same.',
    mend: 'Nothing needs to be done for Assay. Other tools may refuse the file.',
  },
  IMPORT_EMPTY: {
    title: 'Nothing in the file can be judged on a stream',
    cause: 'No rule and no field came out of the file, and a contract without rules would promise nothing.',
    mend: 'The report lists everything that is there, with the reason. Write the assumptions as assertions of your own.',
  },
  IMPORT_UNUSABLE: {
    title: 'What came out of the import can’t be used',
    cause: 'The contract or schema that was made would be refused when rules are loaded.',
    mend: 'The message says why. Often a keyword, format or pattern of the source is one that Assay does not run.',
  },
  EXPORT_OUT_MISSING: {
    title: 'Several contracts, and no folder to export them into',
    cause: 'An ODCS document is one contract, so several of them need a file each.',
    mend: 'Name a folder with --out, or export one contract.',
  },
} as const satisfies Record<string, ErrorEntry>
