import type { ErrorEntry } from '../entry.ts'

/** What stands in the way of a command. */
export const COMMAND_ERRORS = {
  RULES_NOT_FOUND: {
    title: 'No contract files',
    cause: 'The given path does not exist, can’t be read, or holds no file named *.contract.yaml.',
    mend: 'Name the folder that holds `<domain>/<name>.contract.yaml`, or a contract file itself.',
  },
  RULES_MISNAMED: {
    title: 'A file that is meant to be read, with a name that is not',
    cause:
      'Contracts end in `.contract.yaml` and the policy file is `assay.policy.yaml`; with `.yml` they would be passed over without a word.',
    mend: 'Rename the file.',
  },
  DOMAIN_UNCLEAR: {
    title: 'Which domain to serve is not clear',
    cause:
      'A process serves one domain, and the rules folder holds contracts of several, or none of the domain that was asked for.',
    mend: 'Name the domain with --domain (ASSAY_DOMAIN); the message lists those that are there.',
  },
  DOMAIN_CHANGED: {
    title: 'The rule files are of another domain than before',
    cause:
      'The rule files were changed while `assay run` uses them, and hold no contract of the domain that the process serves. The rules before go on.',
    mend: 'Bring the contracts back, or start another process for the other domain.',
  },
  TOPIC_UNCLEAR: {
    title: 'Which topic the events belong to is not clear',
    cause:
      '`assay check` judges the events of one topic, and the contracts name several, or not the one that was asked for.',
    mend: 'Name the topic with --topic; the message lists those that are there.',
  },
  INPUT_UNREADABLE: {
    title: 'The events can’t be read',
    cause: 'The file of events does not exist or can’t be read.',
    mend: 'Give the path of a file with one JSON event a line, or - for standard input.',
  },
  CLOCK_UNUSABLE: {
    title: 'The clock of a sample can’t be used',
    cause:
      '`assay check --clock` is no JSONata expression, or tells of fields although the lines are records with bytes in them.',
    mend: 'Name the field that says when an event came, such as `--clock occurred_at`. With --records, `--clock timestamp` takes the time of each record.',
  },
  NOTHING_JUDGED: {
    title: 'Nothing was judged',
    cause: 'The file of events holds no event.',
    mend: 'Give at least one line. A check that checks nothing is a mistake, not a success.',
  },
  WATCH_FAILED: {
    title: 'Changes of files can’t be watched',
    cause: 'The operating system refuses to watch more files, or the file system can’t be watched.',
    mend: 'Watch a smaller folder, raise the limit (on Linux, fs.inotify.max_user_watches), or run without --watch.',
  },
  RULE_UNKNOWN: {
    title: 'No rule with this id',
    cause: 'The contract has no rule with the id that was asked for.',
    mend: 'Correct the id; the message suggests the nearest one, or lists those that are there.',
  },
  CONTRACT_UNCLEAR: {
    title: 'Which contract is meant is not clear',
    cause: '`assay explain` explains a rule of one contract, and the path leads to several.',
    mend: 'Name the contract file itself.',
  },
  LINE_UNCLEAR: {
    title: 'Which event of the file is meant is not clear',
    cause: 'The file holds several events, one a line, or none at the line that was asked for.',
    mend: 'Name the line with --line, counted from 1; `assay check` shows the lines of the first violations.',
  },
  FILE_EXISTS: {
    title: 'A file or a contract of that name is there already',
    cause:
      '`assay init`, `import` and `export` make new files, and never write over one that somebody may have changed. Nothing was written.',
    mend: 'Choose another name or another folder, or go on with what is there. `import` and `export` write over it with --force; `assay diff` shows what differs.',
  },
  SAMPLE_UNUSABLE: {
    title: 'A sample that no contract can be made from',
    cause:
      'The file holds no events, mostly lines that are no JSON, or one JSON array in place of one event a line.',
    mend: 'Give one JSON event a line. Without --from, a template is made.',
  },
  OUTPUT_UNWRITABLE: {
    title: 'New files can’t be written',
    cause: 'The folder can’t be made, or may not be written to. Nothing was left behind.',
    mend: 'Name another folder, or change who may write to this one.',
  },
  GIT_UNUSABLE: {
    title: 'Git can’t be run',
    cause: 'Git is not installed, gave no answer in time, or could not read the repository.',
    mend: 'Install git and check the repository with `git fsck`, or check out both revisions and compare their folders.',
  },
  GIT_NO_REPOSITORY: {
    title: 'No git repository',
    cause:
      'A revision was named, and the command runs outside of a git repository, or the rules folder lies outside of it.',
    mend: 'Run the command inside of the repository, or compare two folders.',
  },
  GIT_UNKNOWN_REVISION: {
    title: 'A revision that the repository does not have',
    cause:
      'The name is neither an existing path nor a revision that git knows. Clones in CI often hold only the newest commit.',
    mend: 'Correct the name, or fetch it first (`git fetch origin main`; for GitHub Actions, `fetch-depth: 0`).',
  },
  CONFIG_INVALID: {
    title: 'A flag or an environment variable with a value that can’t be used',
    cause: 'The value has the wrong form, is out of range, or names a file that can’t be read.',
    mend: 'Correct the value; `assay run --help` shows the form of each flag and its environment variable.',
  },
  CONFIG_MISSING: {
    title: 'A required setting is missing',
    cause: 'Neither the flag nor its environment variable is set.',
    mend: 'Set one of the two; the message names both.',
  },
  EVAL_NOTHING: {
    title: 'No expression to try out',
    cause: '`assay eval` was called without an expression and without --ndjson.',
    mend: "Write the expression as the first argument, in quotes: `assay eval 'ad.price.amount > 0' event.json`.",
  },
  EVAL_NO_JSON: {
    title: 'A line is no JSON',
    cause: 'A line of the file that `assay eval` was given can’t be read. The other lines were evaluated.',
    mend: 'Give one JSON document, or one JSON value a line.',
  },
  EVAL_CASE_INVALID: {
    title: 'A line of `assay eval --ndjson` is no case',
    cause: 'The line is no JSON, or a field of it has the wrong type. The other lines were answered.',
    mend: 'Write one object a line: {"id", "expr", "input"?, "bindings"?, "timeoutMs"?}.',
  },
  EXPRESSION_NOT_PRINTABLE: {
    title: 'The value of an expression can’t be printed',
    cause: 'The value contains itself, as a transform can make it, or would be endless when written out.',
    mend: 'Print a part of it, or test it in the expression.',
  },
} as const satisfies Record<string, ErrorEntry>
