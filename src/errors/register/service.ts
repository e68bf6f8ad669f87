import type { ErrorEntry } from '../entry.ts'

/** Faults of the running service and of what it depends on. */
export const SERVICE_ERRORS = {
  COMPRESSED_BATCH_TOO_LARGE: {
    title: 'A compressed batch is larger than the limit',
    cause:
      'A batch of a topic decompresses to more bytes than one batch may have: a decompression bomb, or a producer that compresses very repetitive events very well. Reading stops, because kafkajs can not skip a batch.',
    mend: 'If the producer means such batches, raise the limit of bytes per batch (and the memory limit with it). Otherwise find the batch behind the committed offset and move the group past it with kafka-consumer-groups --reset-offsets.',
  },
  COMPRESSED_BATCH_DAMAGED: {
    title: "A compressed batch can't be decompressed",
    cause:
      'The bytes of a batch are cut off, fail their checksum, or are not in the format that the batch announces.',
    mend: "Read the same offsets with Kafka's console consumer. If it fails too, the batch is damaged in the log: move the group past it with kafka-consumer-groups --reset-offsets. If it succeeds, please report the producer's client and version.",
  },
  CODEC_SELF_TEST_FAILED: {
    title: 'A compression codec does not work in this process',
    cause:
      'Before it consumes, Assay compresses and decompresses a sample with every codec and decodes batches that the Java client made. One of them came out wrong: most likely a runtime other than the tested one.',
    mend: 'Run Assay on the Node version that it is released with (see engines in package.json), unmodified.',
  },
  BROKER_UNREACHABLE: {
    title: 'No Kafka broker in reach',
    cause: 'For as long as --broker-timeout allows, no broker could be reached or none let this member work.',
    mend: 'Check --brokers (KAFKA_BROKERS), TLS and SASL settings, the network and the brokers.',
  },
  KAFKA_LOGIN_FAILED: {
    title: 'The Kafka brokers refuse the login',
    cause: 'The SASL mechanism, user or password is not what the brokers expect.',
    mend: 'Check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD (or KAFKA_SASL_PASSWORD_FILE).',
  },
  GROUP_DENIED: {
    title: 'The Kafka brokers refuse the consumer group',
    cause: 'The principal has no Read permission on the consumer group.',
    mend: 'Grant Read on the group, or name a group that may be used with --group.',
  },
  KAFKA_CLIENT_FAILED: {
    title: 'The Kafka client failed in a way that a new connection does not mend',
    cause: 'A fault in the program or a batch that can’t be read at all.',
    mend: 'The process ends with exit code 4, so that its supervisor starts a new one. If it happens again, report it with the log line.',
  },
  REGISTRY_MISSING: {
    title: 'A topic needs a schema registry, and none is configured',
    cause:
      'A contract says that the records of its topic, or their keys, are in a format whose schemas stand in a registry, and the environment names none.',
    mend: 'Set SCHEMA_REGISTRY_URL, or correct `format` and `keyFormat` in the contracts of the topic.',
  },
  STREAM_RULE_NEEDS_TOPIC: {
    title: 'A rule over the stream, where members own parts of topics',
    cause:
      '`freshness` and `volume` speak of a topic as a whole. Under --assign partition its partitions are spread over the members of the group, and none of them sees all of its events.',
    mend: 'Run the domain with --assign topic (the default), or put such rules into contracts of a domain that runs so.',
  },
  REGISTRY_UNREACHABLE: {
    title: 'The schema registry does not answer',
    cause:
      'Records of a sample are framed, or contracts are to be checked against the registry, and it could not be asked.',
    mend: 'Check SCHEMA_REGISTRY_URL, the credentials and TLS settings beside it, and the network. Nothing is wrong with the records as far as is known.',
  },
  STALLED: {
    title: 'Partitions do not move although there are records to judge',
    cause: 'The broker answers, the log grows, and nothing arrives, even over a new connection.',
    mend: 'Look at the brokers and the network between. The process ends with exit code 4, so that its supervisor starts a new one.',
  },
  STATSD_UNIX_SOCKET_UNAVAILABLE: {
    title: 'Metrics can’t be sent over a Unix socket',
    cause:
      'Node has no Unix datagram sockets, and the optional native package unix-dgram is not there or was built for another Node.',
    mend: 'Use the image of the Dockerfile, which builds it, or send over UDP: --statsd HOST:PORT.',
  },
  INSTANCE_UNREACHABLE: {
    title: 'An instance does not tell how its contracts stand',
    cause:
      'At an address that `assay status --instances` was given nobody answers in time, or what answers is no status of Assay.',
    mend: 'Check the address (that of --http of the instance), whether the instance runs, and the network between. Its contracts are missing from the list.',
  },
  HTTP_UNUSABLE: {
    title: 'The HTTP address can’t be listened on',
    cause: 'The port is in use, or the address is not one of this host.',
    mend: 'Choose another address with --http (ASSAY_HTTP), or `off` for no server.',
  },
  STOP_TIMED_OUT: {
    title: 'The ordered stop took too long',
    cause:
      'Brokers or the metrics receiver did not answer before the deadline. What was judged since the last commit is judged again by the next process; nothing is lost.',
    mend: 'Look at the brokers and the metrics receiver. --stop-timeout says how long a stop may take; keep it below the grace period of the supervisor.',
  },
} as const satisfies Record<string, ErrorEntry>
