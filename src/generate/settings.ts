/** What a deployment says that contracts don't. */
export interface GenerateSettings {
  /** The environment that monitors and objectives are about (tag `env`); all together without one. */
  readonly env: string | undefined
  /** How long the brokers keep records. */
  readonly retentionMs: number
  /** Whom notification rules tell; `{team}` stands for the owner. */
  readonly recipients: readonly string[]
}

const DAY_MS = 86_400_000

export const DEFAULT_GENERATE_SETTINGS: GenerateSettings = {
  env: undefined,
  retentionMs: 7 * DAY_MS,
  recipients: ['team-{team}'],
}
