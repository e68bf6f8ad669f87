import type { Site } from './sites.ts'

/** Lists that an expression makes, each item checked against the limit without a closure for each list. */
export const SEQUENCES: readonly Site[] = [
  {
    within: 'match',
    find: 'result.push({…',
    replace: 'pushTo(result, { match: matches.match, index: matches.start, groups: matches.groups });',
  },
  push('split', 'result', 'str.substring(start, matches.start)'),
  push('zip', 'result', 'tuple'),
  push('map', 'result', 'res'),
  push('filter', 'result', 'entry'),
  push('keys', 'result', 'key'),
  push('lookup', 'result', 'res'),
  push('lookup', 'result', 'val'),
  push('spread', 'result', 'obj'),
  push('each', 'result', 'val'),
  push('evaluatePath', 'resultSequence', "tupleBindings[ii]['@']"),
  push('evaluateStep', 'result', 'res'),
  push('evaluateStep', 'resultSequence', 'res'),
  push('evaluateStep', 'resultSequence', 'val'),
  push('evaluateTupleStep', 'result', 'tuple', 2),
  push('evaluateFilter', 'results', 'item', 3),
  push('evaluateWildcard', 'results', 'value'),
  push('recurseDescendants', 'results', 'input'),
  {
    within: 'append',
    find: 'if(this.options && size > this.options.sequence) {…',
    replace: 'checkSequenceLength(size);',
  },
  {
    within: 'evaluateRangeExpression',
    find: 'if(environment.base.options && size > environment.base.options.sequence) {…',
    replace: 'checkSequenceLength(size);',
  },
]

function push(within: string, list: string, item: string, times = 1): Site {
  return { within, find: `${list}.push(${item})`, replace: `pushTo(${list}, ${item})`, times }
}

/** Texts that an expression makes, and other work inside one node that grows with its data. */
export const SIZES: readonly Site[] = [
  {
    within: 'evaluateStringConcat',
    find: 'result = lstr.concat(rstr);',
    replace: 'result = checkString(lstr.concat(rstr));',
  },
  { within: 'string', find: 'JSON.stringify', replace: 'stringify' },
  {
    within: 'string',
    find: 'return str;',
    replace: "return typeof arg === 'string' ? str : checkString(str);",
  },
  { within: 'pad', find: '(new Array(padLength + 1)).join(char)', replace: 'repeatText(char, padLength)' },
  { within: 'join', find: 'return strs.join(separator);', replace: 'return joinStrings(strs, separator);' },
  extend('result', 'replacement'),
  extend('result', 'replacedWith'),
  extend('substitute', 'regexMatch.match'),
  extend('substitute', 'submatch'),
  {
    within: 'substring',
    find: 'var strArray = stringToArray(str);',
    replace: 'var strArray = charactersOf(str, stringToArray);',
  },
  { within: 'stringToArray', find: 'arr.push(char);', replace: 'spend(1); arr.push(char);' },
  {
    within: 'split',
    find: 'result = str.split(separator, limit);',
    replace: 'result = str.split(separator, limit); checkSequenceLength(result.length);',
  },
  { within: 'merge', find: 'result[prop] = obj[prop];', replace: 'spend(1); result[prop] = obj[prop];' },
  { within: 'length', find: 'return stringToArray(str).length;', replace: 'return countCharacters(str);' },
  { within: 'max', find: 'Math.max.apply(Math, args)', replace: 'maximum(args)' },
  { within: 'min', find: 'Math.min.apply(Math, args)', replace: 'minimum(args)' },
  // Upstream's merge recurses once for each item, which overflows the stack without promises in between.
  {
    within: 'sort',
    find: 'var merge = function (l, r) {…',
    replace: 'var merge = (l, r) => mergeSorted(l, r, comp);',
  },
  {
    within: 'applyInner',
    find: 'result = proc.implementation.apply(focus, validatedArgs);',
    replace: 'spendOnArguments(validatedArgs); result = proc.implementation.apply(focus, validatedArgs);',
  },
  { within: 'isDeepEqual', find: 'if (lhs === rhs) {…', replace: 'spend(1); if (lhs === rhs) return true;' },
  { within: 'boolean', find: 'var result = false;', replace: 'spend(1); var result = false;' },
  {
    within: 'flatten',
    find: "if(typeof flattened === 'undefined') {…",
    replace: "spend(1); if (typeof flattened === 'undefined') flattened = [];",
  },
  {
    within: 'recurseDescendants',
    find: 'if (Array.isArray(input)) {…',
    replace: `spend(1);
        if (Array.isArray(input)) {
            for (const member of input) recurseDescendants(member, results);
        } else if (input !== null && typeof input === 'object' && !isFunction(input)) {
            for (const key of utils.keys(input)) recurseDescendants(input[key], results);
        }`,
  },
]

function extend(text: string, addition: string): Site {
  return {
    within: 'replace',
    find: `${text} += ${addition};`,
    replace: `${text} = checkString(${text} + ${addition});`,
  }
}
