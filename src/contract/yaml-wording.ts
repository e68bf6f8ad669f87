import type { ErrorCode } from '../errors/register.ts'

/** A parser's error in words for the author of a contract. */
export interface Wording {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
}

const QUOTE_IT =
  "Put an expression in a block (`|` after the colon, the expression on the next line, indented) or the whole value in 'single quotes'."

/** The first entry whose pattern is found in `<parser's code> <parser's message>` applies. */
const WORDINGS: readonly (Wording & { readonly parser: RegExp })[] = [
  {
    parser: /^TAB_AS_INDENT/,
    code: 'YAML_TAB',
    message: 'a tab stands where YAML wants spaces',
    hint: 'Indent with spaces: two for each level.',
  },
  {
    parser: /^TAG_RESOLVE_FAILED|^BAD_COLLECTION_TYPE|^MULTIPLE_TAGS/,
    code: 'YAML_TAG',
    message: 'a tag (`!…`) changes the type of this value, and contracts know no tags',
    hint: "Remove the tag. If the value is meant to begin with `!`, put it in 'single quotes'.",
  },
  {
    parser: /^NON_STRING_KEY/,
    code: 'YAML_KEY_NOT_TEXT',
    message: 'a key must be plain text',
    hint: 'Write the key as one word before the colon, without brackets, tags or `*`.',
  },
  {
    parser: /^BAD_DIRECTIVE|directives-end/,
    code: 'YAML_DIRECTIVE',
    message: 'a line that begins with `%` is a YAML directive, and this one has no use here',
    hint: 'Remove the line. Contracts are YAML 1.2 without directives.',
  },
  {
    parser: /^BAD_ALIAS|^ALIAS_PROPS|^MULTIPLE_ANCHORS/,
    code: 'YAML_ALIAS',
    message: 'this anchor (`&name`) or alias (`*name`) is not well formed',
    hint: `If the value is meant to begin with \`&\` or \`*\`, it must not stand there plainly. ${QUOTE_IT}`,
  },
  {
    parser: /Missing closing/,
    code: 'YAML_SYNTAX',
    message: 'a quote is opened and never closed',
    hint: "Close the quote. Inside 'single quotes' a quote is written twice (''), inside \"double quotes\" with a backslash (\\\").",
  },
  {
    parser: /^BAD_DQ_ESCAPE/,
    code: 'YAML_SYNTAX',
    message: 'this escape sequence has no meaning inside double quotes',
    hint: "Write the backslash twice, or use 'single quotes', in which a backslash is just a backslash.",
  },
  {
    parser: /^BAD_SCALAR_START/,
    code: 'YAML_SYNTAX',
    message: 'a value must not begin with this character',
    hint: `YAML reserves it. ${QUOTE_IT}`,
  },
  {
    parser: /Nested mappings are not allowed/,
    code: 'YAML_SYNTAX',
    message: 'this value holds a colon that makes it look like a key with a value of its own',
    hint: `If the colon belongs to the value: ${lowerFirst(QUOTE_IT)} If a key was meant, check the indentation of this line and of the next.`,
  },
  {
    parser: /on same line with key/,
    code: 'YAML_SYNTAX',
    message: 'a list can not begin on the line of its key',
    hint: `Begin the list on the next line. If the value is meant to begin with a dash: ${lowerFirst(QUOTE_IT)}`,
  },
  {
    parser: /^MULTILINE_IMPLICIT_KEY|must be followed|need to be followed/,
    code: 'YAML_SYNTAX',
    message: 'this looks like a key, but no colon and value follow on its line',
    hint: 'Write `key: value` with a space after the colon. A value of several lines needs `|` after the colon, and deeper indentation.',
  },
  {
    parser: /Flow (?:sequence|map)|^(?:MISSING_CHAR|UNEXPECTED_TOKEN|BLOCK_IN_FLOW|BAD_INDENT).*flow/i,
    code: 'YAML_SYNTAX',
    message: 'a list in `[ ]` or a mapping in `{ }` is not well formed or never closed',
    hint: `Check that every bracket is closed and that commas stand between the items. If the value is meant to begin with a bracket: ${lowerFirst(QUOTE_IT)}`,
  },
  {
    parser: /at node end/,
    code: 'YAML_SYNTAX',
    message: 'the value has ended before this, yet more follows on its line',
    hint: `A value that begins with a quote or bracket ends with its partner, one that begins with \`*\` is an alias, and a comment needs a space before \`#\`. ${QUOTE_IT}`,
  },
  {
    parser: /^BAD_INDENT|^BLOCK_AS_IMPLICIT_KEY|without - indicator/,
    code: 'YAML_SYNTAX',
    message: 'the indentation does not fit the lines around it',
    hint: 'Keys of one mapping, and the dashes of one list, begin in one column. Lines of a `|` block stand deeper than their key.',
  },
  {
    parser: /Block scalar header|Not a YAML token/,
    code: 'YAML_SYNTAX',
    message: 'after `|` or `>` the line must end',
    hint: "Begin the text on the next line, indented. If the value is meant to begin with `|` or `>`, put it in 'single quotes'.",
  },
]

const UNKNOWN: Wording = {
  code: 'YAML_SYNTAX',
  message: 'YAML can not be read from here on',
  hint: `Look for a missing quote, bracket, colon or indentation on this line and the one before. ${QUOTE_IT}`,
}

/** Rewords an error of the `yaml` package, given its code and its message. */
export function rewordYamlError(parserCode: string, parserMessage: string): Wording {
  const said = `${parserCode} ${parserMessage}`
  return WORDINGS.find(({ parser }) => parser.test(said)) ?? UNKNOWN
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
