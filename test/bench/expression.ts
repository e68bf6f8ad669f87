/**
 * Measures what expressions cost: upstream's asynchronous interpreter, its synchronous form, compiled one by one, compiled as a set, and
 * written by hand. All of them run in turns in one process, so that the ratios mean something on a busy machine. Ends with exit code 1 if
 * a ratio that the project promises does not hold. Run: node test/bench/expression.ts
 */
import jsonata from 'jsonata'
import {
  type CompileOptions,
  type CompiledExpression,
  ExpressionSet,
  compileExpression,
} from '../../src/expression/index.ts'
import { adEvents } from './expression/events.ts'
import { HEAVY, type HeavyExpression, RULES } from './expression/expressions.ts'
import { measure, median } from './expression/measure.ts'
import { judgeByHand } from './service/judge-by-hand.ts'

const EVENTS = adEvents(2000)
/** Slow candidates look at fewer events. */
const FEW = EVENTS.slice(0, 200)
const ROUNDS = 9
const CONTEXT = { nowMs: Date.now(), variable: () => undefined }

const PROMISED = { timesInterpreter: 60, timesByHand: 3, budgets: 1.05 }
const NO_BUDGET: CompileOptions = { timeoutMs: 0, stackDepth: 0, sequenceLength: 0, stringLength: 0 }

function evaluateEach(expressions: readonly CompiledExpression[], events: readonly unknown[]): void {
  for (const event of events) for (const expression of expressions) expression.evaluate(event, CONTEXT)
}

function interpretEach(expressions: readonly CompiledExpression[], events: readonly unknown[]): void {
  for (const event of events) for (const expression of expressions) expression.interpret(event, CONTEXT)
}

async function runUpstream(
  expressions: readonly jsonata.Expression[],
  events: readonly unknown[],
): Promise<void> {
  for (const event of events) for (const expression of expressions) await expression.evaluate(event)
}

function evaluateSet(set: ExpressionSet, events: readonly unknown[]): void {
  for (const event of events) set.evaluate(event, CONTEXT)
}

function setOf(sources: readonly string[], options: CompileOptions = {}): ExpressionSet {
  return new ExpressionSet(sources.map((source) => ({ assertion: compileExpression(source, options) })))
}

/** Microseconds per event, in the order of the table's columns. */
async function measureAll(sources: readonly string[], byHand: () => void): Promise<readonly number[]> {
  const upstream = sources.map((source) => jsonata(source))
  const compiled = sources.map((source) => compileExpression(source))
  const set = setOf(sources)
  const scale = EVENTS.length / FEW.length
  const times = await measure(
    [
      { name: 'interpreter', run: () => runUpstream(upstream, FEW) },
      { name: 'synchronous', run: () => interpretEach(compiled, FEW) },
      { name: 'one by one', run: () => evaluateEach(compiled, EVENTS) },
      { name: 'as a set', run: () => evaluateSet(set, EVENTS) },
      { name: 'by hand', run: byHand },
    ],
    EVENTS.length,
    ROUNDS,
  )
  return times.map((time, index) => (index < 2 ? time * scale : time))
}

function row(times: readonly number[], name: string): string {
  const [interpreter = 0, , , set = 0, hand = 0] = times
  const cells = times.map((time) => time.toFixed(2).padStart(11))
  const ratios = [(interpreter / set).toFixed(0), (set / hand).toFixed(1)].map((ratio) => ratio.padStart(8))
  return `${cells.join(' ')} ${ratios.join(' ')}  ${name}\n`
}

async function benchHeavy({ name, source, byHand }: HeavyExpression): Promise<void> {
  const times = await measureAll([source], () => {
    for (const event of EVENTS) byHand(event)
  })
  process.stdout.write(row(times, name))
}

/** How much dearer the set is with all of its limits: medians of rounds that take turns. */
async function budgetRatio(): Promise<number> {
  const [limited, unlimited] = [setOf(RULES), setOf(RULES, NO_BUDGET)]
  const ratios: number[] = []
  for (let pair = 0; pair < 15; pair++) {
    const [first, second] = pair % 2 === 0 ? [limited, unlimited] : [unlimited, limited]
    const [a = 0, b = 0] = await measure(
      [
        { name: 'first', run: () => evaluateSet(first, EVENTS) },
        { name: 'second', run: () => evaluateSet(second, EVENTS) },
      ],
      EVENTS.length,
      4,
    )
    ratios.push(pair % 2 === 0 ? a / b : b / a)
  }
  return median(ratios.slice(1))
}

process.stdout.write(
  'interpreter synchronous  one by one    as a set     by hand   faster  by hand\n' +
    `${'µs per event, medians of rounds that take turns'.padEnd(59)}  times    times\n`,
)
const passed = new Float64Array(RULES.length + 1)
const rules = await measureAll(RULES, () => {
  for (const event of EVENTS) judgeByHand(event, passed)
})
process.stdout.write(row(rules, 'the ten rules'))
for (const heavy of HEAVY) await benchHeavy(heavy)

const [interpreter = 0, , , set = 0, hand = 0] = rules
const budgets = await budgetRatio()
const promises = [
  {
    holds: interpreter / set >= PROMISED.timesInterpreter,
    text: `the set is ${(interpreter / set).toFixed(0)} times faster than the interpreter (promised: ${PROMISED.timesInterpreter})`,
  },
  {
    holds: set / hand <= PROMISED.timesByHand,
    text: `it costs ${(set / hand).toFixed(2)} times what it costs by hand (promised: ${PROMISED.timesByHand})`,
  },
  {
    holds: budgets <= PROMISED.budgets,
    text: `budgets cost ${((budgets - 1) * 100).toFixed(1)} % (promised: ${((PROMISED.budgets - 1) * 100).toFixed(0)})`,
  },
]
for (const { holds, text } of promises) process.stdout.write(`${holds ? 'holds' : 'BROKEN'}: ${text}\n`)
process.exitCode = promises.every(({ holds }) => holds) ? 0 : 1
