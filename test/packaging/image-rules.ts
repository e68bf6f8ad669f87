import { parseDockerfile, textsOf } from './dockerfile.ts'
import type { Stage } from './dockerfile.ts'

/** What is wrong with an image's Dockerfile, a sentence each: what an orchestrator or an auditor would refuse, and what would fail at run time. */
export function imageFaults(dockerfile: string): string[] {
  const stages = parseDockerfile(dockerfile)
  const runtime = stages.at(-1)
  if (runtime === undefined || stages.length < 2) return ['there is no stage of its own for the runtime']
  return [
    ...runtimeFaults(runtime),
    ...stages.flatMap(baseFaults),
    ...buildFaults(stages.slice(0, -1), runtime),
  ]
}

function runtimeFaults(runtime: Stage): string[] {
  const last = (keyword: string) => textsOf(runtime, keyword).at(-1) ?? ''
  const faults = [
    [/^[1-9]\d*:[1-9]\d*$/.test(last('USER')), 'USER must be two numbers above 0'],
    [isExecForm(last('ENTRYPOINT')), 'ENTRYPOINT must be in exec form'],
    [isExecForm(last('CMD')), 'CMD must be in exec form'],
    [isExecForm(last('HEALTHCHECK').replace(/^(--\S+\s+)*CMD\s+/, '')), 'HEALTHCHECK must be in exec form'],
    [last('STOPSIGNAL') === 'SIGTERM', 'STOPSIGNAL must be SIGTERM'],
    [
      textsOf(runtime, 'RUN').length === 0,
      'the runtime stage must not run anything: it may have no compiler and no cache',
    ],
    [
      textsOf(runtime, 'COPY').every((text) => text.startsWith('--from=')),
      'the runtime stage must copy from stages only',
    ],
  ] as const
  return faults.filter(([holds]) => !holds).map(([, fault]) => fault)
}

function isExecForm(text: string): boolean {
  try {
    const words: unknown = JSON.parse(text)
    return Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')
  } catch {
    return false
  }
}

function baseFaults({ base }: Stage): string[] {
  return base.includes(':') && !base.endsWith(':latest') ? [] : [`${base} has no version`]
}

function buildFaults(builds: readonly Stage[], runtime: Stage): string[] {
  const commands = builds.flatMap((stage) => textsOf(stage, 'RUN')).join(' && ')
  const nodeVersions = new Set([...builds, runtime].map(({ base }) => base.split('-')[0]))
  const faults = [
    [/\bnpm ci\b/.test(commands), 'parts must be installed by npm ci, from the lock file'],
    [/\bnpm prune --omit=dev\b/.test(commands), 'development parts must be pruned after the build'],
    [
      nodeVersions.size === 1,
      'all stages must have the same Node: native parts only load under the one that they were built for',
    ],
  ] as const
  return faults.filter(([holds]) => !holds).map(([, fault]) => fault)
}
