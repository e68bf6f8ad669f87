import type { Artefact } from '../artefact.ts'

/** The value of a tag of a dashboard, a monitor or an objective. */
export function tagOf({ json }: Artefact, key: string): string | undefined {
  const { tags } = (json ?? {}) as { readonly tags?: unknown }
  const found = Array.isArray(tags) ? (tags as string[]).find((tag) => tag.startsWith(`${key}:`)) : undefined
  return found?.slice(key.length + 1)
}
