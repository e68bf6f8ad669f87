import { type ErrorEntry, lines } from '../entry.ts'

/** What YAML files may not be. */
export const YAML_ERRORS = {
  FILE_NOT_TEXT: {
    title: 'A file that is no text in UTF-8',
    cause:
      'The file has bytes that are no UTF-8, or control characters: it was saved in another encoding (Latin-1, UTF-16), or it is no text.',
    mend: 'Save the file as UTF-8, and remove control characters.',
  },
  YAML_SYNTAX: {
    title: 'The file is not valid YAML',
    cause:
      'The YAML parser could not read the file: bad indentation, an unclosed quote or bracket, a value that begins with a character that YAML reserves.',
    mend: 'Mend the line that the message points at. An editor with a YAML plug-in shows such mistakes while you type.',
    example: {
      wrong: lines('rules:', '  - id: is_pro', '    assert: user.type = "pro" ? $exists(user.siret) : true'),
      right: lines(
        'rules:',
        '  - id: is_pro',
        '    assert: |',
        '      user.type = "pro" ? $exists(user.siret) : true',
      ),
    },
  },
  YAML_TAB: {
    title: 'A tab where YAML wants spaces',
    cause: 'YAML allows no tabs in indentation, for nobody can tell how wide they are.',
    mend: 'Indent with spaces, two for each level. Most editors can be told to do that for YAML files.',
    example: {
      wrong: lines('rules:', '\t- id: a'),
      right: lines('rules:', '  - id: price_is_positive', '    assert: ad.price.amount > 0'),
    },
  },
  YAML_DUPLICATE_KEY: {
    title: 'A key that is given twice',
    cause:
      'A mapping holds a key only once. Many readers keep the last value silently; this one refuses both.',
    mend: 'Keep one of the two. The message says where the first one stands.',
  },
  YAML_MERGE_KEY: {
    title: 'A merge key (`<<`)',
    cause: 'Merge keys belong to YAML 1.1. They hide where a value comes from, so they are not enabled.',
    mend: 'Write the keys out, or repeat a whole value with an anchor (`&name`) and an alias (`*name`).',
    example: {
      wrong: lines(
        'rules:',
        '  - &usual',
        '    id: price_is_positive',
        '    assert: ad.price.amount > 0',
        '  - <<: *usual',
        '    id: price_again',
      ),
      right: lines(
        'rules:',
        '  - id: price_is_positive',
        '    assert: &price ad.price.amount > 0',
        '  - id: price_again',
        '    assert: *price',
      ),
    },
  },
  YAML_ALIAS: {
    title: 'An alias or anchor that can not be followed',
    cause:
      'A value that begins with `*` is an alias and needs an anchor `&name` before it. JSONata expressions such as `**.price` look like one.',
    mend: 'Correct the name, or put the expression in single quotes or in a `|` block.',
  },
  YAML_TOO_MANY_ALIASES: {
    title: 'Too many aliases',
    cause:
      'An alias may stand for a large part of the file, so a small file with many of them can grow without end.',
    mend: 'Write repeated values out, or split the contract.',
  },
  YAML_TAG: {
    title: 'A YAML tag',
    cause: 'Tags such as `!!binary` or `!custom` change the type of a value, and contracts know no tags.',
    mend: 'Remove the tag. Put a value that is meant to begin with `!` in single quotes.',
  },
  YAML_DIRECTIVE: {
    title: 'A YAML directive',
    cause:
      'A line such as `%YAML 1.1` changes what the rest of the file means: in YAML 1.1 `no` is a boolean.',
    mend: 'Remove the line. Files are read as YAML 1.2.',
  },
  YAML_KEY_NOT_TEXT: {
    title: 'A key that is not plain text',
    cause: 'YAML admits lists, mappings and aliases as keys. Nothing here has such keys.',
    mend: 'Write the key as plain text before the colon.',
  },
  YAML_TOO_DEEP: {
    title: 'Nesting that is too deep',
    cause: 'Thousands of opened brackets, mostly from a damaged or generated file.',
    mend: 'Look for brackets that are opened and never closed.',
  },
  YAML_SEVERAL_DOCUMENTS: {
    title: 'More than one YAML document in a file',
    cause: 'A line `---` (or `...`) ends a document and begins another. A file is one contract.',
    mend: 'Move the second document into a file of its own.',
  },
} as const satisfies Record<string, ErrorEntry>
