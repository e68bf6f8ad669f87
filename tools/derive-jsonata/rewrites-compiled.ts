import type { Site } from './sites.ts'

/** Where functions that are compiled code are called, and where their tail calls are. */
export const COMPILED: readonly Site[] = [
  {
    within: 'applyProcedure',
    find: 'var env = createFrame(proc.environment);',
    replace:
      'if (proc.emitted !== undefined) return proc.emitted(args); var env = createFrame(proc.environment);',
  },
  {
    within: 'partialApplyProcedure',
    find: 'var env = createFrame(proc.environment || environment);',
    replace:
      'if (proc.emitted !== undefined) return partialEmitted(apply, proc, args); var env = createFrame(proc.environment || environment);',
  },
  {
    within: 'apply',
    find: 'var next = evaluate(result.body.procedure, result.input, result.environment);',
    replace: `if (result.prepare !== undefined) {
                const tail = result;
                const prepared = tail.prepare(tail);
                try {
                    result = applyInner(tail.target, prepared, input, environment);
                } catch (error) {
                    throw located(error, tail.procedure);
                }
                continue;
            }
            var next = evaluate(result.body.procedure, result.input, result.environment);`,
  },
]
