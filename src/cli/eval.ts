import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { readLines } from '../adapters/files/lines.ts'
import {
  type AnyExpression,
  type EngineChoice,
  ExpressionFault,
  ExpressionSyntaxError,
  compileAny,
  isFunctionValue,
} from '../expression/index.ts'
import { valueAsJson } from '../report/eval-json.ts'
import { reportEngine, reportEvalFailure } from '../report/eval-text.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import type { CommandLine } from './command-line.ts'
import { CaseRunner } from './eval-cases.ts'
import type { Streams } from './streams.ts'

interface EvalFlags {
  readonly engine: EngineChoice
  readonly ndjson: boolean | undefined
}

const ENGINES: readonly EngineChoice[] = ['auto', 'interpreter']

/** Adds `assay eval` to the program. */
export function addEval(program: Command, { streams, end }: CommandLine): void {
  program
    .command('eval')
    .description('try an expression out, on the JSON values of a file or on none')
    .argument('[expression]', 'the JSONata expression')
    .argument('[file]', 'a JSON document, or one JSON value a line; - for standard input')
    .addOption(
      new Option('--engine <engine>', 'compile the expression, or leave it to the interpreter')
        .choices(ENGINES)
        .default('auto'),
    )
    .option('--ndjson', 'answer cases {"id", "expr", "input"?, "bindings"?, "timeoutMs"?}, one a line')
    .action(async (expression: string | undefined, file: string | undefined, flags: EvalFlags) =>
      end(await runEval(expression, file, flags, streams)),
    )
}

async function runEval(
  expression: string | undefined,
  file: string | undefined,
  flags: EvalFlags,
  streams: Streams,
): Promise<number> {
  try {
    // With --ndjson, expressions are in the cases: the only argument is the file.
    if (flags.ndjson === true) return await answerCases(file ?? expression ?? '-', flags.engine, streams)
    if (expression !== undefined) return await tryOut(expression, file, flags.engine, streams)
  } catch (error) {
    if (!isSystemError(error)) throw error
    return refuse(streams, `${file ?? expression ?? '-'} can’t be read (${error.code})`, 'INPUT_UNREADABLE')
  }
  return refuse(streams, 'there is no expression to try out', 'EVAL_NOTHING')
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function refuse({ err }: Streams, message: string, code: string): number {
  err.write(`${message} [${code}]\n`)
  return EXIT_CODES.invalid
}

async function answerCases(file: string, engine: EngineChoice, { out }: Streams): Promise<number> {
  const runner = new CaseRunner(engine, () => systemClock.nowMs())
  for await (const { number, bytes } of readLines(file))
    out.write(runner.answer(bytes.toString('utf8'), number))
  return EXIT_CODES.fine
}

async function tryOut(
  source: string,
  file: string | undefined,
  engine: EngineChoice,
  streams: Streams,
): Promise<number> {
  const expression = compile(source, engine, streams)
  if (expression === undefined) return EXIT_CODES.invalid
  const trial = new Trial(expression, streams)
  if (file === undefined) trial.evaluate(undefined, '')
  else await evaluateFile(file, trial, streams)
  streams.err.write(reportEngine(expression.engine, expression.engineReason))
  return trial.hasFailed ? EXIT_CODES.failed : EXIT_CODES.fine
}

function compile(source: string, engine: EngineChoice, { err }: Streams): AnyExpression | undefined {
  try {
    return compileAny(source, { engine })
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    err.write(reportEvalFailure(source, error, ''))
    return undefined
  }
}

/** A file that is one JSON document is one value; otherwise, each of its lines is. */
async function evaluateFile(file: string, trial: Trial, { err }: Streams): Promise<void> {
  const text = await readText(file)
  const whole = parse(text)
  if (whole !== undefined) return trial.evaluate(whole.value, '')
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parse(line)
    if (parsed !== undefined) trial.evaluate(parsed.value, `line ${index + 1}: `)
    else {
      err.write(`line ${index + 1}: this is no JSON [EVAL_NO_JSON]\n`)
      trial.hasFailed = true
    }
  }
}

async function readText(file: string): Promise<string> {
  if (file !== '-') return await readFile(file, 'utf8')
  const lines = []
  for await (const { bytes } of readLines(file)) lines.push(bytes.toString('utf8'))
  return lines.join('\n')
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** An expression that is tried on one value after another. */
class Trial {
  hasFailed = false
  readonly #expression: AnyExpression
  readonly #streams: Streams

  constructor(expression: AnyExpression, streams: Streams) {
    this.#expression = expression
    this.#streams = streams
  }

  /** Prints the value on a line of its own: JSON, or `undefined` for no value. */
  evaluate(input: unknown, where: string): void {
    const value = this.#expression.evaluate(input, {}, systemClock.nowMs())
    if (value instanceof ExpressionFault) return this.#fail(value, where)
    if (value === undefined) return void this.#streams.out.write('undefined\n')
    const json = valueAsJson(value, isFunctionValue)
    if (typeof json === 'string') this.#streams.out.write(`${json}\n`)
    else this.#fail({ code: 'EXPRESSION_NOT_PRINTABLE', message: 'the value can’t be printed' }, where)
  }

  #fail(fault: { code: string; message: string; position?: number | undefined }, where: string): void {
    this.hasFailed = true
    const { code, message, position } = fault
    const place = position === undefined ? {} : { offset: position }
    this.#streams.err.write(reportEvalFailure(this.#expression.source, { code, message, ...place }, where))
  }
}
