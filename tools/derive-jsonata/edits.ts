/** Replaces the characters of a source from `start` up to `end` by `text`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Applies edits that lie apart from one another. Throws if two overlap: then one of them would be lost silently. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = ''
  let position = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < position) {
      throw new Error(
        `two edits overlap at ${edit.start}: ${JSON.stringify(source.slice(edit.start, edit.end))}`,
      )
    }
    result += source.slice(position, edit.start) + edit.text
    position = edit.end
  }
  return result + source.slice(position)
}
