import {
  DATADOG_SETTINGS,
  KAFKA_SETTINGS,
  PRIVACY_SETTINGS,
  REGISTRY_SETTINGS,
  RUN_SETTINGS,
} from '../../src/config/settings.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** The page of all settings. */
export function configurationPage(): string {
  const settings = Object.values(RUN_SETTINGS)
  return `${GENERATED}

# Configuration of \`assay run\`

A flag goes before its environment variable, and that before the default. All mistakes are reported at once, and nothing starts.

${markdownTable(
  ['Flag', 'Environment', 'Default', 'Meaning'],
  settings.map(({ flag, argument, env, fallback, help }) => [
    code(`--${flag} ${argument}`),
    code(env),
    fallback === undefined ? '' : code(fallback),
    help,
  ]),
)}

Durations are written \`500ms\`, \`10s\`, \`5m\`, \`1h\`.

## Kafka security

From the environment alone, so that no secret stands in a process list.

${markdownTable(
  ['Environment', 'Meaning'],
  KAFKA_SETTINGS.map(({ env, help }) => [code(env), help]),
)}

## Schema registry

From the environment alone. How it is used: [Read Avro and Protobuf](../how-to/read-avro-and-protobuf.md).

${markdownTable(
  ['Environment', 'Meaning'],
  REGISTRY_SETTINGS.map(({ env, help }) => [code(env), help]),
)}

## Privacy

What is shown of events, and what never is: [The status page](../how-to/look-at-the-status-page.md).

${markdownTable(
  ['Environment', 'Meaning'],
  PRIVACY_SETTINGS.map(({ env, help }) => [code(env), help]),
)}

## Datadog

${markdownTable(
  ['Environment', 'Meaning'],
  DATADOG_SETTINGS.map(({ env, help }) => [code(env), help]),
)}
`
}
