import type { Site } from './sites.ts'

/**
 * Where each sub-expression stands in the source: upstream keeps one position for each token, mostly that after it. Kept under a symbol,
 * so that who compares or prints syntax trees does not see it.
 */
export const RANGES: readonly Site[] = [
  { within: 'tokenizer', find: 'var position = 0;', replace: 'var position = 0; var tokenStart = 0;' },
  {
    within: 'tokenizer',
    find: "if (prefix !== true && currentChar === '/') {…",
    replace: `tokenStart = position;
            if (prefix !== true && currentChar === '/') {
                position++;
                return create('regex', scanRegex());
            }`,
  },
  {
    within: 'tokenizer',
    find: 'var obj = {type: type, value: value, position: position};',
    replace: 'var obj = {type: type, value: value, position: position, start: tokenStart};',
  },
  { within: 'parser', find: 'var lexer;', replace: 'var lexer; var lastEnd = 0;' },
  {
    within: 'advance',
    find: 'var next_token = lexer(infix);',
    replace: 'lastEnd = node === undefined ? 0 : node.position; var next_token = lexer(infix);',
  },
  {
    within: 'advance',
    find: 'node.position = next_token.position;',
    replace:
      'node.position = next_token.position; setRange(node, { start: next_token.start, end: next_token.position });',
  },
  {
    within: 'expression',
    find: 'var t = node;',
    replace: 'var t = node; var start = rangeOf(node) === undefined ? node.position : rangeOf(node).start;',
  },
  {
    within: 'expression',
    find: 'left = t.nud();',
    replace: 'left = setRange(t.nud(), { start, end: lastEnd });',
  },
  {
    within: 'expression',
    find: 'left = t.led(left);',
    replace: 'left = setRange(t.led(left), { start, end: lastEnd });',
  },
  {
    within: 'processAST',
    find: 'return result;',
    replace: 'return setRange(result, rangeOf(expr));',
  },
]
