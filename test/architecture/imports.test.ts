import { describe, expect, test } from 'vitest'
import { importsOf } from './imports.ts'

const specifiers = (source: string) => importsOf(source).map(({ specifier }) => specifier)

describe('is an import', () => {
  test.each([
    `import 'x'`,
    `import a from 'x'`,
    `import { a, b as c } from "x"`,
    `import a, { b } from 'x'`,
    `import * as a from 'x'`,
    `import type { A } from 'x'`,
    `import { type A } from 'x'`,
    `import {\n  a,\n  b,\n} from 'x'`,
    `import { a } from /* why */ 'x'`,
    `import type from 'x'`,
    `import from from 'x'`,
    `export { a } from 'x'`,
    `export type { A } from 'x'`,
    `export * from 'x'`,
    `export * as a from 'x'`,
    `export type * from 'x'`,
    `const a = await import('x')`,
    `type A = typeof import('x')`,
    `let a: import('x').A`,
    `import a from 'x' with { type: 'json' }`,
    'const a = `${await import("x")}`',
  ])('%s', (source) => {
    expect(specifiers(source)).toEqual(['x'])
  })
})

describe('is no import', () => {
  test.each([
    `// import 'x'`,
    `/* import a from 'x' */`,
    `const a = "import 'x'"`,
    'const a = `import "x"`',
    `const a = /import 'x'/`,
    `a.import('x')`,
    `const a = { import: 'x' }`,
    `import.meta.url`,
    `export const a = 'x'`,
    `export { a }\nconst from = 'x'`,
    `export function from() { return 'x' }`,
    `const from = 'x'`,
    `export default a`,
  ])('%s', (source) => {
    expect(specifiers(source)).toEqual([])
  })
})

test('an import of a module that is computed has no specifier', () => {
  expect(specifiers('await import(name)')).toEqual([undefined])
})

test('a list of exports does not swallow the import behind it', () => {
  expect(specifiers(`export { a }\nimport b from 'x'`)).toEqual(['x'])
})

test('each import has the line on which it starts', () => {
  expect(importsOf(`import 'x'\n\nimport {\n  a,\n} from 'y'`)).toEqual([
    { specifier: 'x', line: 1 },
    { specifier: 'y', line: 3 },
  ])
})
