import type { Random } from './random.ts'
import { KEYS, TEXTS } from './random-json.ts'

const VARIABLES = ['$x', '$y', '$f', '$', '$$', '$ext']
const OPERATORS = ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in']
const PATTERNS = ['/a/', '/[a-c]+/i', '/(a)(b)?/', '/\\d+/', '/x*/', '/l/']
const PICTURES = ['"[Y0001]-[M01]"', '"[H]:[m]"', '"#,##0.00"', '"0"', '"I"', '"w"']

/** What an argument of a built-in function is made as. */
type Argument =
  'any' | 'list' | 'text' | 'number' | 'object' | 'pattern' | 'text or pattern' | 'picture' | string

const FUNCTIONS: readonly (readonly [string, ...Argument[]])[] = [
  ['count', 'list'],
  ['sum', 'list'],
  ['max', 'list'],
  ['min', 'list'],
  ['average', 'list'],
  ['string', 'any'],
  ['substring', 'text', 'number', 'number'],
  ['substringBefore', 'text', 'text'],
  ['substringAfter', 'text', 'text'],
  ['lowercase', 'text'],
  ['uppercase', 'text'],
  ['length', 'text'],
  ['trim', 'text'],
  ['pad', 'text', 'number', 'text'],
  ['match', 'text', 'pattern', 'number'],
  ['contains', 'text', 'text or pattern'],
  ['replace', 'text', 'text or pattern', 'text', 'number'],
  ['split', 'text', 'text or pattern', 'number'],
  ['join', 'list', 'text'],
  ['formatNumber', 'number', 'picture'],
  ['formatBase', 'number', 'number'],
  ['formatInteger', 'number', 'picture'],
  ['number', 'any'],
  ['floor', 'number'],
  ['ceil', 'number'],
  ['round', 'number', 'number'],
  ['abs', 'number'],
  ['sqrt', 'number'],
  ['power', 'number', 'number'],
  ['boolean', 'any'],
  ['not', 'any'],
  ['map', 'list', 'function 3'],
  ['filter', 'list', 'function 3'],
  ['single', 'list', 'function 2'],
  ['reduce', 'list', 'function 2', 'any'],
  ['sift', 'object', 'function 2'],
  ['each', 'object', 'function 2'],
  ['zip', 'list', 'list'],
  ['keys', 'any'],
  ['lookup', 'any', 'text'],
  ['append', 'any', 'any'],
  ['exists', 'any'],
  ['spread', 'any'],
  ['merge', 'list'],
  ['reverse', 'list'],
  ['sort', 'list', 'function 2'],
  ['distinct', 'list'],
  ['type', 'any'],
  ['base64encode', 'text'],
  ['encodeUrl', 'text'],
  ['toMillis', 'text'],
  ['fromMillis', 'number', 'picture'],
  ['clone', 'object'],
  ['assert', 'any', 'text'],
  ['error', 'text'],
]

/** Random expressions of the whole language but for what depends on chance. */
export class RandomExpression {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  make(depth = 4): string {
    const random = this.#random
    if (depth <= 0) return this.#leaf()
    switch (random.below(22)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.#path(depth)
      case 4:
      case 5:
      case 6:
        return `${this.#operand(depth - 1)} ${random.pick(OPERATORS)} ${this.#operand(depth - 1)}`
      case 7:
      case 8:
      case 9:
        return this.#call(depth)
      case 10:
        return `[${random.list(3, () => this.make(depth - 1)).join(', ')}]`
      case 11:
        return `{${random.list(2, () => `${this.#key(depth)}: ${this.make(depth - 1)}`).join(', ')}}`
      case 12:
        return `${this.#operand(depth - 1)} ? ${this.make(depth - 1)}${random.chance(0.8) ? ` : ${this.make(depth - 1)}` : ''}`
      case 13:
      case 14:
        return this.#block(depth)
      case 15:
        return `-${this.#operand(depth - 1)}`
      case 16:
        return this.#chain(depth)
      case 17:
        return this.#decorated(depth)
      case 18:
        return this.#transform(depth)
      case 19:
        return `[${this.#number()}..${this.#number()}]`
      case 20:
        return `(${this.#function(depth, random.below(3))})(${random.list(2, () => this.make(depth - 1)).join(', ')})`
      default:
        return this.#recursion(depth)
    }
  }

  #operand(depth: number): string {
    const text = this.make(depth)
    return /^[$\w."]+$/.test(text) || this.#random.chance(0.1) ? text : `(${text})`
  }

  #leaf(): string {
    const random = this.#random
    switch (random.below(9)) {
      case 0:
        return this.#number()
      case 1:
        return JSON.stringify(random.pick(TEXTS))
      case 2:
        return random.pick(['true', 'false', 'null', '"["', '[]', '{}'])
      case 3:
      case 4:
        return random.pick(VARIABLES)
      case 5:
        return random.pick(['*', '**', '%', '$.a', '$$.b'])
      default:
        return this.#name()
    }
  }

  #number(): string {
    return this.#random.pick(['0', '1', '2', '3', '5', '-1', '0.5', '1e3', '10', '2.7'])
  }

  #name(): string {
    const random = this.#random
    return random.chance(0.04)
      ? random.pick(['`length`', '`0`', '`__proto__`', '`x y`', 'and'])
      : random.pick(KEYS)
  }

  #key(depth: number): string {
    const random = this.#random
    return random.chance(0.7) ? JSON.stringify(random.pick(KEYS)) : `$string(${this.make(depth - 2)})`
  }

  #path(depth: number): string {
    const random = this.#random
    const steps = Array.from({ length: 1 + random.below(4) }, (_, index) => this.#step(depth, index))
    return steps.join('.')
  }

  #step(depth: number, index: number): string {
    const random = this.#random
    const step = this.#stepText(depth, index)
    switch (random.below(14)) {
      case 0:
      case 1:
        return `${step}[${this.make(depth - 1)}]`
      case 2:
        return `${step}[${random.pick(['0', '-1', '1', '[0,1]'])}]`
      case 3:
        return `${step}[]`
      case 4:
        return `${step}^(${random.pick(['', '<', '>'])}${this.make(depth - 2)})`
      case 5:
        return `${step}@$${random.pick(['v', 'x'])}`
      case 6:
        return `${step}#$${random.pick(['i', 'y'])}`
      case 7:
        return `${step}[${this.#name()} ${random.pick(['=', '>', '!='])} ${this.#leaf()}]`
      default:
        return step
    }
  }

  #stepText(depth: number, index: number): string {
    const random = this.#random
    if (index === 0 && random.chance(0.3)) return random.pick([...VARIABLES, '(a)', '[a, b]'])
    switch (random.below(16)) {
      case 0:
        return '*'
      case 1:
        return '**'
      case 2:
        return '%'
      case 3:
        return `(${this.make(depth - 1)})`
      case 4:
        return this.#call(depth - 1)
      case 5:
        return `{${JSON.stringify(random.pick(KEYS))}: ${this.make(depth - 2)}}`
      case 6:
        return `[${random.list(2, () => this.make(depth - 2)).join(', ')}]`
      case 7:
        return random.pick(['$', '$v', '$i', '$x'])
      default:
        return this.#name()
    }
  }

  #call(depth: number): string {
    const random = this.#random
    if (random.chance(0.1))
      return `${random.pick(['$f', '$x', 'a', '$unknown'])}(${random.list(2, () => this.make(depth - 1)).join(', ')})`
    const [name, ...kinds] = random.pick(FUNCTIONS)
    const given = random.chance(0.8) ? kinds.length : random.below(kinds.length + 2)
    const args = kinds
      .slice(0, given)
      .map((kind) => (random.chance(0.06) ? '?' : this.#argument(kind, depth - 1)))
    return `$${name}(${args.join(', ')})`
  }

  #argument(kind: Argument, depth: number): string {
    const random = this.#random
    if (random.chance(0.25)) return this.make(depth)
    switch (kind) {
      case 'list':
        return random.chance(0.5)
          ? this.#path(depth)
          : `[${random.list(3, () => this.make(depth - 1)).join(', ')}]`
      case 'text':
        return random.chance(0.6) ? JSON.stringify(random.pick(TEXTS)) : `$string(${this.make(depth - 1)})`
      case 'number':
        return this.#number()
      case 'object':
        return random.pick(['$', '$$', 'a', `{"a": 1, "b": ${this.make(depth - 2)}}`])
      case 'pattern':
        return random.pick(PATTERNS)
      case 'text or pattern':
        return random.chance(0.5) ? random.pick(PATTERNS) : JSON.stringify(random.pick(TEXTS))
      case 'picture':
        return random.pick(PICTURES)
      case 'any':
        return this.make(depth)
      default:
        return this.#function(depth, 1 + random.below(Number(kind.at(-1))))
    }
  }

  #function(depth: number, parameters: number): string {
    const random = this.#random
    if (random.chance(0.15)) return random.pick(['$string', '$f', '$uppercase', '$number', '$sum'])
    const names = ['$x', '$i', '$y'].slice(0, parameters)
    const signature = random.chance(0.06) ? random.pick(['<n:n>', '<s-:s>', '<x?:x>', '<a<n>:n>']) : ''
    return `function(${names.join(', ')})${signature}{ ${this.make(depth - 1)} }`
  }

  #block(depth: number): string {
    const random = this.#random
    const binding = () =>
      random.chance(0.3)
        ? `$f := ${this.#function(depth - 1, random.below(3))}`
        : `${random.pick(['$x', '$y', '$f'])} := ${this.make(depth - 1)}`
    const parts = [...random.list(2, binding), this.make(depth - 1)]
    return `(${parts.join('; ')})`
  }

  #chain(depth: number): string {
    const random = this.#random
    const right = random.chance(0.6) ? this.#call(depth - 1) : this.#function(depth - 1, 1)
    return `${this.#operand(depth - 1)} ~> ${right}`
  }

  #decorated(depth: number): string {
    const random = this.#random
    const inner = `(${this.make(depth - 1)})`
    switch (random.below(4)) {
      case 0:
        return `${inner}[${this.make(depth - 2)}]`
      case 1:
        return `${inner}{${this.#key(depth)}: ${this.make(depth - 2)}}`
      case 2:
        return `${this.#path(depth)}{${this.#key(depth)}: ${this.make(depth - 2)}}`
      default:
        return `${inner}[]`
    }
  }

  #transform(depth: number): string {
    const random = this.#random
    const deletion = random.chance(0.4) ? `, ${random.pick(['"a"', '["a", "b"]', this.make(depth - 2)])}` : ''
    return `${random.pick(['$', 'a', '$$'])} ~> |${random.pick(['$', 'a', 'b.c', '**[a]'])}|{"k": ${this.make(depth - 2)}}${deletion}|`
  }

  #recursion(depth: number): string {
    const random = this.#random
    const end = this.make(depth - 2)
    const step = random.pick([
      '$f($x - 1)',
      '$x & $f($x - 1)',
      '[$f($x - 1)]',
      '($f($x - 1))',
      '($y := $x - 1; $f($y))',
    ])
    return `($f := function($x){ $x <= 0 ? ${end} : ${step} }; $f(${random.pick(['1', '3', '7'])}))`
  }
}
