import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs'
import { withAdmin } from './admin.ts'
import type { Properties } from './properties.ts'
import { startKafka, type EmbeddedKafka } from './start-kafka.ts'

/** A user name and a password, as kafkajs wants them beside `mechanism`. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** What a user may do with one topic or group. */
export interface Grant {
  readonly resource: 'topic' | 'group'
  readonly name: string
  readonly operations: readonly ('read' | 'write' | 'describe' | 'create' | 'all')[]
}

/** A Kafka whose `brokers` want SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512; no TLS) and allow nothing that was not granted. */
export interface SecuredKafka extends EmbeddedKafka {
  /** A super user, by PLAIN. */
  readonly admin: Credentials
  /** Adds a user who may log in with that SCRAM mechanism and has no rights yet. */
  addScramUser(user: Credentials, mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512'): Promise<void>
  allow(username: string, grants: readonly Grant[]): Promise<void>
  /** Takes all rights back that the user has on a topic or group. */
  revoke(username: string, grant: Omit<Grant, 'operations'>): Promise<void>
}

const ADMIN: Credentials = { username: 'admin', password: 'admin-secret' }
const RESOURCES = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP }
const OPERATIONS = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
  create: AclOperationTypes.CREATE,
  all: AclOperationTypes.ALL,
}

/** Starts a broker process of our own with access control. `plainUsers` log in by PLAIN and have no rights yet. */
export async function startSecuredKafka(plainUsers: readonly Credentials[] = []): Promise<SecuredKafka> {
  const config = accessControl([ADMIN, ...plainUsers])
  const kafka = await startKafka({ ownProcess: true, config })
  return {
    ...kafka,
    admin: ADMIN,
    addScramUser: (user, mechanism) => addScramUser(kafka, user, mechanism),
    allow: (username, grants) => allow(kafka, username, grants),
    revoke: (username, grant) => revoke(kafka, username, grant),
  }
}

function accessControl(plainUsers: readonly Credentials[]): Properties {
  const users = plainUsers.map((user) => `user_${user.username}="${user.password}"`).join(' ')
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
  return {
    'listener.security.protocol.map': 'CLIENT:SASL_PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.client.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${users};`,
    'listener.name.client.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.client.scram-sha-512.sasl.jaas.config': scram,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    // Whoever comes by the direct listener or the controller's is anonymous: the broker itself and the set-up of tests.
    'super.users': `User:${ADMIN.username};User:ANONYMOUS`,
  }
}

/** kafkajs can't write SCRAM credentials, so Kafka's own tool does. */
async function addScramUser(kafka: EmbeddedKafka, user: Credentials, mechanism: string): Promise<void> {
  const secret = `${mechanism}=[password=${user.password}]`
  const entity = ['--entity-type', 'users', '--entity-name', user.username]
  const change = ['--bootstrap-server', kafka.directBrokers, '--alter', '--add-config', secret, ...entity]
  const finished = await kafka.consoleTool('kafka.admin.ConfigCommand', change)
  if (finished.exitCode !== 0)
    throw new Error(`The user was not added:\n${finished.stdout}${finished.stderr}`)
}

async function allow(kafka: EmbeddedKafka, username: string, grants: readonly Grant[]): Promise<void> {
  const acl = grants.flatMap((grant) =>
    grant.operations.map((operation) => ({
      ...toAclTarget(username, grant),
      operation: OPERATIONS[operation],
      permissionType: AclPermissionTypes.ALLOW,
    })),
  )
  await withAdmin(kafka.directBrokers, (admin) => admin.createAcls({ acl }))
}

async function revoke(
  kafka: EmbeddedKafka,
  username: string,
  grant: Omit<Grant, 'operations'>,
): Promise<void> {
  const filter = {
    ...toAclTarget(username, grant),
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  }
  await withAdmin(kafka.directBrokers, (admin) => admin.deleteAcls({ filters: [filter] }))
}

function toAclTarget(username: string, grant: Omit<Grant, 'operations'>) {
  return {
    principal: `User:${username}`,
    host: '*',
    resourceType: RESOURCES[grant.resource],
    resourceName: grant.name,
    resourcePatternType: ResourcePatternTypes.LITERAL,
  }
}
