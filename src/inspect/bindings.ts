import type { SyntaxNode } from '../expression/index.ts'
import { signatureOf } from './infer/built-ins.ts'
import { calledName, partOf } from './infer/nodes.ts'
import type { Run } from './infer/run.ts'

/** Reports names that an expression binds and never uses, and those that hide a function. */
export function reportBindings(nodes: readonly SyntaxNode[], run: Run): void {
  const bound = nodes.flatMap((node) => (node.type === 'bind' ? (partOf(node, 'lhs') ?? []) : []))
  if (bound.length === 0) return
  const used = new Set(nodes.filter((node) => !bound.includes(node)).flatMap(namesUsedBy))
  for (const variable of bound) {
    const name = String(variable.value)
    if (signatureOf(name) || name === 'now' || name === 'millis') reportShadow(variable, name, run)
    else if (!used.has(name)) reportUnused(variable, name, run)
  }
}

/** The name of a call stands in no node of its own. */
function namesUsedBy(node: SyntaxNode): readonly unknown[] {
  return node.type === 'variable' ? [node.value] : [calledName(node)]
}

function reportShadow(variable: SyntaxNode, name: string, run: Run): void {
  run.report(
    'BUILT_IN_SHADOWED',
    variable,
    `$${name} is a function of JSONata, and from here on means this variable`,
    `Choose another name, such as $${name}_1.`,
  )
}

function reportUnused(variable: SyntaxNode, name: string, run: Run): void {
  run.report('VARIABLE_UNUSED', variable, `$${name} is never used`, 'Use it, or remove it.')
}
