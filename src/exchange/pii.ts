export type Pii = 'high' | 'low' | 'none'

/** How personal a classification or a tag makes a field. Standards leave the words open. */
const PII: readonly (readonly [words: RegExp, pii: Pii])[] = [
  [/\b(?:pii|personal|sensitive|restricted|confidential|secret|private|phi|spi)\b/i, 'high'],
  [/^internal\b/i, 'low'],
  [/^public\b/i, 'none'],
]

export function piiOf(word: unknown): Pii | undefined {
  return typeof word === 'string' ? PII.find(([words]) => words.test(word))?.[1] : undefined
}
