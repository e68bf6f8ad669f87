import { PARSER_ONCE } from './parser-once.ts'
import { RANGES } from './ranges.ts'
import { COMPILED } from './rewrites-compiled.ts'
import { SEQUENCES, SIZES } from './rewrites-limits.ts'
import type { Site } from './sites.ts'

/** Where upstream waits for promises that functions may return. Ours never do, and such a one must not pass for a value. */
const PROMISES: readonly Site[] = [
  { find: 'result = result;', replace: 'refusePromise();', times: 4 },
  { find: 'replacedWith = replacedWith;', replace: 'refusePromise();' },
]

/** What upstream looks up or measures at every node: here one counter, and a clock that is read now and then. */
const NODES: readonly Site[] = [
  {
    within: 'evaluate',
    find: 'environment.base.depth++;',
    // Compiled code hands its parts to functions of the interpreter as nodes that are functions.
    replace:
      'if (expr.emitted !== undefined) { spend(1); return expr.emitted(input, environment); } enterNode(expr);',
  },
  { within: 'evaluate', find: 'environment.base.guardrails();', replace: '' },
  {
    within: 'evaluate',
    find: "var entryCallback = environment.lookup(Symbol.for('jsonata.__evaluate_entry'));",
    replace: '',
  },
  { within: 'evaluate', find: 'if(entryCallback) {…', replace: '' },
  {
    within: 'evaluate',
    find: "var exitCallback = environment.lookup(Symbol.for('jsonata.__evaluate_exit'));",
    replace: '',
  },
  { within: 'evaluate', find: 'if(exitCallback) {…', replace: '' },
  { within: 'evaluate', find: 'environment.base.depth--;', replace: 'leaveNode(expr, result);' },
  { find: 'function createFrame(enclosingEnvironment) {…', replace: '' },
  {
    within: 'evaluate',
    find: "Object.prototype.hasOwnProperty.call(expr, 'predicate')",
    replace: 'expr.predicate !== undefined',
  },
  {
    within: 'evaluate',
    find: "Object.prototype.hasOwnProperty.call(expr, 'group')",
    replace: 'expr.group !== undefined',
  },
  {
    within: 'evaluatePath',
    find: "Object.prototype.hasOwnProperty.call(expr, 'group')",
    replace: 'expr.group !== undefined',
  },
  {
    within: 'evaluateStep',
    find: 'result = environment.base.createSequence();',
    replace: `if (input.length === 1) {
            var only = evaluate(expr, input[0], environment);
            if (expr.stages) {
                for (const stage of expr.stages) only = evaluateFilter(stage.expr, only, environment);
            }
            return toStepResult(only, lastStep);
        }
        result = environment.base.createSequence();`,
  },
  { within: 'evaluateName', find: 'var focus = {…', replace: '' },
  {
    within: 'evaluateName',
    find: 'return fn.lookup.call(focus, input, expr.value);',
    replace: 'return fn.lookup.call(environment.base, input, expr.value);',
  },
  {
    within: 'parseSignature',
    find: 'var regex = new RegExp(regexStr);',
    replace: 'var regex = rememberMatches(new RegExp(regexStr));',
  },
  {
    within: 'isFunction',
    find: "return ((arg && (arg[BUILT_IN] === true || arg[LAMBDA] === true)) || typeof arg === 'function');",
    replace: `return typeof arg === 'function' ||
            (typeof arg === 'object' && arg !== null && (arg[BUILT_IN] === true || arg[LAMBDA] === true));`,
  },
]

/** The evaluation of a whole expression: time is an argument, and its budget is around it. */
const ENTRY: readonly Site[] = [
  {
    within: 'jsonata',
    find: 'evaluate: function (input, bindings, callback) {…',
    replace: `createRoot: function () {
                const frame = createFrame(environment);
                frame.options = options;
                frame.base = frame;
                frame.createSequence = createSequence;
                frame.RegexEngine = options?.RegexEngine ?? RegExp;
                return frame;
            },
            evaluate: function (input, bindings, nowMs, observer) {
                const frame = this.createRoot();
                frame.nowMs = nowMs ?? Date.now();
                for (const name of utils.keys(bindings)) frame.bind(name, bindings[name]);
                frame.bind('$', input);
                if (Array.isArray(input) && !isSequence(input)) {
                    input = createSequence(input);
                    input.outerWrapper = true;
                }
                return withBudget(options, evaluate, ast, input, frame, observer);
            }`,
  },
  // Messages are made by the caller: upstream's quote data, which may be private or endless.
  { find: 'function populateMessage(err) {…', replace: '' },
  { within: 'functionEval', find: 'populateMessage(err);', replace: '', times: 2 },
  {
    within: 'jsonata',
    find: 'try { ast = parser(expr, options && options.recover);…',
    replace: 'ast = uniformTree(parser(expr));',
  },
  { within: 'jsonata', find: 'var errors;', replace: '' },
  { within: 'jsonata', find: 'errors: function() {…', replace: '' },
  { within: 'jsonata', find: 'var timestamp = new Date();', replace: '' },
  { within: 'jsonata', find: "environment.bind('now', …", replace: '' },
  { within: 'jsonata', find: "environment.bind('millis', …", replace: '' },
  {
    within: 'parseDateTime',
    find: 'this.environment.timestamp',
    replace: 'new Date(this.environment.base.nowMs)',
  },
  {
    find: 'jsonata.parser = parser;',
    // The time is that of the evaluation at work, so these two need no frame of their own for each expression.
    replace: `staticFrame.bind('now', defineFunction(function(picture, timezone) {
        return datetime.fromMillis(this.environment.base.nowMs, picture, timezone);
    }, '<s?s?:s>'));
    staticFrame.bind('millis', defineFunction(function() {
        return this.environment.base.nowMs;
    }, '<:n>'));
    jsonata.messages = errorCodes;
    jsonata.builtIns = [...staticFrame.bindings.keys()];
    jsonata.builtInFunctions = staticFrame.bindings;
    jsonata.isFunction = isFunction;
    jsonata.rangeOf = rangeOf;
    jsonata.internals = {
        budget, beginBudget, spend, readClock, createFrame, createSequence, toStepResult, pushTo, checkString, countCharacters,
        overwritePlace, completePlace, createLambda, assertMarkable, fn, isDeepEqual, isNumeric, isSequence, isLambda, getFunctionArity, apply,
        evaluate, evaluatePath, evaluateStep, evaluateFilter, evaluateWildcard, evaluateDescendants, evaluateNumericExpression,
        evaluateComparisonExpression, evaluateIncludesExpression, evaluateStringConcat, evaluateGroupExpression,
        evaluateRangeExpression, evaluateRegex, evaluateTransformExpression, partialApplyProcedure, partialApplyNativeFunction,
        BUILT_IN, LAMBDA, chainAST
    };`,
  },
]

/** Places that write into the event or into what all expressions share; and the error positions that those writes were for. */
const SHARED_STATE: readonly Site[] = [
  {
    within: 'evaluateGroupExpression',
    find: 'input.push(undefined);',
    replace: 'if (environment.base.options?.ownsInput) input.push(undefined); else input = [undefined];',
  },
  {
    within: 'evaluatePath',
    find: 'resultSequence.keepSingleton = true;',
    replace:
      'if (resultSequence === undefined || isSequence(resultSequence)) resultSequence.keepSingleton = true;',
  },
  {
    within: 'evaluateFunction',
    find: "if(typeof proc === 'object') {…",
    replace: 'if (proc === null) assertMarkable(proc, environment.base.options);',
  },
  {
    within: 'apply',
    find: "if(result.body.procedure.type === 'variable') {…",
    replace: 'assertMarkable(next, environment.base.options);',
  },
  { within: 'apply', find: 'next.position = result.body.procedure.position;', replace: '' },
  {
    within: 'apply',
    find: 'result = applyInner(next, evaluatedArgs, input, environment);',
    replace: `var procedure = result.body.procedure;
            try {
                result = applyInner(next, evaluatedArgs, input, environment);
            } catch (error) {
                throw located(error, procedure);
            }`,
  },
  {
    within: 'applyInner',
    find: 'if (proc) {…',
    replace: 'if (isFunction(proc)) validatedArgs = validateArguments(proc.signature, args, input);',
  },
  { within: 'applyInner', find: 'if(proc) {…', replace: '' },
  {
    within: 'evaluateBinary',
    find: 'err.position = expr.position;',
    replace: 'overwritePlace(err, expr.position, op);',
    times: 2,
  },
  { within: 'evaluateBinary', find: 'err.token = op;', replace: '', times: 2 },
  {
    within: 'evaluateTransformExpression',
    find: 'var matches = evaluate(expr.pattern, result, environment);',
    replace:
      'var parts = environment.base.options?.ownsInput ? undefined : partsOf(result); var matches = evaluate(expr.pattern, result, environment);',
  },
  {
    within: 'evaluateTransformExpression',
    find: 'var match = matches[ii];',
    replace: 'var match = matches[ii]; assertOwned(parts, match, expr.position);',
  },
]

/** Regular expressions: those of a rule keep their identity and position; those made from pictures go through the same engine. */
const REGEXES: readonly Site[] = [
  { find: 'JSON.parse(JSON.stringify(left))', replace: 'cloneTree(left)', times: 2 },
  {
    within: 'scanRegex',
    find: 'return new RegExp(pattern, flags);',
    replace: 'return parseRegex(pattern, flags, position);',
  },
  {
    within: 'evaluateRegex',
    find: 'var match = re.exec(str);',
    replace: 'spend(str?.length); var match = re.exec(str);',
  },
  {
    within: 'parseDateTime',
    find: "new RegExp(fullRegex, 'i')",
    replace: "new this.environment.base.RegexEngine(new RegExp(fullRegex, 'i'))",
  },
]

export const SITES: readonly Site[] = [
  ...PROMISES,
  ...NODES,
  ...ENTRY,
  ...SEQUENCES,
  ...SIZES,
  ...SHARED_STATE,
  ...REGEXES,
  ...COMPILED,
  ...RANGES,
  ...PARSER_ONCE,
]
