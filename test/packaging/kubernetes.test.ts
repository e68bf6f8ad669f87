import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseDurationMs } from '../../src/config/values.ts'
import { DATADOG_SETTINGS, KAFKA_SETTINGS, RUN_SETTINGS } from '../../src/config/settings.ts'
import { environmentOf, parseDockerfile, textsOf } from './dockerfile.ts'
import type { Stage } from './dockerfile.ts'
import type { Deployment, Kustomization, Variable } from './kubernetes.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'examples/kubernetes')
const load = <Shape>(name: string) => parse(readFileSync(join(FOLDER, name), 'utf8')) as Shape

const kustomization = load<Kustomization>('kustomization.yaml')
const deployment = load<Deployment>('deployment.yaml')
const pod = deployment.spec.template.spec
const container = only(pod.containers)
const runtime = lastStage()

describe('the pod is locked up', () => {
  test('it is not root, by number', () => {
    expect(pod.securityContext.runAsNonRoot).toBe(true)
    const { runAsUser, runAsGroup } = pod.securityContext
    expect(textsOf(runtime, 'USER')).toEqual([`${runAsUser}:${runAsGroup}`])
  })

  test('it can neither write, nor gain rights, nor make unusual system calls', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' })
  })

  test('it has no token of the API server', () => {
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(
      load<{ automountServiceAccountToken: boolean }>('service-account.yaml').automountServiceAccountToken,
    ).toBe(false)
  })
})

describe('the environment', () => {
  const known = new Set<string>(
    [...Object.values(RUN_SETTINGS), ...KAFKA_SETTINGS, ...DATADOG_SETTINGS].map(({ env }) => env),
  )
  // `assay run --help` tells of these two in the same breath as DD_ENV.
  const besides = ['DD_SERVICE', 'DD_VERSION', 'NODE_OPTIONS']

  test.each(container.env.map(({ name }) => name))('%s is a variable that is read', (name) => {
    expect(known.has(name) || besides.includes(name)).toBe(true)
  })

  test.each(['KAFKA_BROKERS', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'])(
    '%s comes from the secret',
    (name) => {
      expect(variable(name).valueFrom?.secretKeyRef?.name).toBe('assay-kafka')
    },
  )

  test('the Agent is the one of the node', () => {
    expect(variable('DD_AGENT_HOST').valueFrom?.fieldRef?.fieldPath).toBe('status.hostIP')
  })

  test.each(['env', 'service', 'version'])('the tag %s is a label of the pod', (tag) => {
    const label = `tags.datadoghq.com/${tag}`
    expect(variable(`DD_${tag.toUpperCase()}`).valueFrom?.fieldRef?.fieldPath).toBe(
      `metadata.labels['${label}']`,
    )
    expect(deployment.spec.template.metadata.labels).toHaveProperty([label])
  })

  test('no Service adds variables of its own', () => {
    expect(pod.enableServiceLinks).toBe(false)
  })
})

describe('life and death', () => {
  test.each([
    ['startupProbe', '/healthz'],
    ['livenessProbe', '/healthz'],
    ['readinessProbe', '/readyz'],
  ] as const)('%s asks %s at the port of the image', (probe, path) => {
    expect(container[probe].httpGet).toEqual({ path, port: 'http' })
    expect(container.ports.map(({ containerPort }) => String(containerPort))).toEqual(
      textsOf(runtime, 'EXPOSE'),
    )
  })

  test('there is more time before the kill than an ordered stop may take', () => {
    const stopTimeoutMs = parseDurationMs(RUN_SETTINGS.stopTimeout.fallback ?? '')
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThanOrEqual(Number(stopTimeoutMs) + 5000)
  })

  test('the heap leaves a quarter of the memory to buffers', () => {
    const heapMiB = Number(/--max-old-space-size=(\d+)/.exec(variable('NODE_OPTIONS').value ?? '')?.[1])
    const limitMiB = Number(/^(\d+)Mi$/.exec(container.resources.limits.memory)?.[1])
    expect(heapMiB).toBeGreaterThan(0)
    expect(heapMiB).toBeLessThanOrEqual(limitMiB * 0.75)
    expect(container.resources.limits).not.toHaveProperty('cpu')
  })

  test('a rollout never adds a member to the group', () => {
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 })
  })

  test('a drain can always go on', () => {
    const budget = load<{ spec: { maxUnavailable: number } }>('pod-disruption-budget.yaml')
    expect(budget.spec.maxUnavailable).toBeGreaterThan(0)
  })
})

describe('the rules', () => {
  const generated = only(kustomization.configMapGenerator)
  const volume = only(pod.volumes)

  test('are mounted where the image looks for them, and read-only', () => {
    const mountPath = environmentOf(runtime).get('ASSAY_RULES')
    expect(container.volumeMounts).toEqual([{ name: volume.name, mountPath, readOnly: true }])
    expect(volume.configMap.name).toBe(generated.name)
  })

  test('reach running pods when they change: the name stays, and no file is mounted by itself', () => {
    expect(generated.options).toEqual({ disableNameSuffixHash: true })
    expect(container.volumeMounts[0]).not.toHaveProperty('subPath')
    expect(container.env.map(({ name }) => name)).not.toContain('ASSAY_RELOAD')
  })

  test('stand in the pod in the folders in which they stand here', () => {
    const pathOfKey = new Map(volume.configMap.items.map(({ key, path }) => [key, path]))
    const files = generated.files.map((file) => file.split('='))
    expect(files.map(([key = '']) => `rules/${pathOfKey.get(key)}`)).toEqual(
      files.map(([, source]) => source),
    )
  })

  test('are all there', () => {
    const sources = generated.files.map((file) => file.split('=')[1])
    expect(sources.toSorted()).toEqual(filesBelow('rules').toSorted())
  })
})

test('every object of the folder is applied', () => {
  const objects = readdirSync(FOLDER).filter(
    (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
  )
  expect(kustomization.resources.toSorted()).toEqual(objects.toSorted())
})

function variable(name: string): Variable {
  return only(container.env.filter((entry) => entry.name === name))
}

function only<Item>(items: readonly Item[]): Item {
  const [first] = items
  if (first === undefined || items.length > 1) throw new Error(`one expected, ${items.length} found`)
  return first
}

function lastStage(): Stage {
  const stage = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).at(-1)
  if (stage === undefined) throw new Error('the Dockerfile has no stage')
  return stage
}

function filesBelow(path: string): string[] {
  return readdirSync(join(FOLDER, path), { recursive: true, encoding: 'utf8' })
    .map((name) => `${path}/${name}`)
    .filter((name) => statSync(join(FOLDER, name)).isFile())
}
