import { type BundledModule, findModules } from './bundle.ts'
import { applyEdits } from './edits.ts'
import { patternEdits } from './patterns.ts'
import { SITES } from './rewrites.ts'
import { siteEdits } from './sites.ts'
import { parseScript } from './syntax-tree.ts'

/**
 * Makes the synchronous ES module from the text of jsonata.js, that of our runtime and upstream's licence. Throws if a piece of syntax
 * that has to be changed is not found exactly as often as expected.
 */
export function derive(source: string, runtime: string, licence: string): string {
  const synchronous = applyEdits(source, patternEdits(parseScript(source), source))
  const rewritten = applyEdits(synchronous, siteEdits(parseScript(synchronous), synchronous, SITES))
  const modules = findModules(parseScript(rewritten))
  return [
    '// Derived from the npm package jsonata by tools/derive-jsonata: do not edit. The licence of that package:',
    commented(licence),
    runtime.replaceAll(/^export /gm, ''),
    ...modules.map((module) => asConstant(module, rewritten)),
    'export default jsonata',
    '',
  ].join('\n')
}

function commented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `// ${line}`.trimEnd())
    .join('\n')
}

function asConstant({ name, factory, dependencies }: BundledModule, source: string): string {
  const required = dependencies.map((dependency) => `'./${dependency}': ${dependency}`).join(', ')
  return `const ${name} = instantiate(${source.slice(factory.start, factory.end)}, { ${required} })`
}
