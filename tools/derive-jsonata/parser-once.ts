import type { Site } from './sites.ts'

/**
 * Upstream's parser makes its table of some sixty symbols anew for each expression, and with each of them a prototype: the engine then
 * knows no token from before, and keeps a hidden class for each. Here the table is made once; what belongs to one expression begins anew.
 */
export const PARSER_ONCE: readonly Site[] = [
  { find: 'return parser;', replace: 'return parser();' },
  {
    within: 'parser',
    find: 'lexer = tokenizer(source);',
    replace: `return function (text) {
            source = text;
            node = undefined;
            lastEnd = 0;
            ancestorLabel = 0;
            ancestorIndex = 0;
            ancestry = [];
            lexer = tokenizer(source);`,
  },
  { within: 'parser', find: 'return expr;', replace: 'return expr; };' },
  // Parsing writes into its tokens, this one included.
  {
    within: 'advance',
    find: 'node = symbol_table["(end)"];',
    replace: 'node = Object.create(symbol_table["(end)"]);',
  },
]
