/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly keyword: string
  /** What follows the keyword, with continued lines joined. */
  readonly text: string
}

/** What one FROM starts. */
export interface Stage {
  readonly base: string
  readonly name: string | undefined
  readonly instructions: readonly Instruction[]
}

/** Reads a Dockerfile into its stages; what stands before the first FROM (its arguments) is left out. */
export function parseDockerfile(text: string): Stage[] {
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = []
  for (const instruction of instructionsOf(text)) {
    if (instruction.keyword === 'FROM') {
      const [base = '', , name] = instruction.text.split(/\s+/)
      stages.push({ base, name, instructions: [] })
    } else {
      stages.at(-1)?.instructions.push(instruction)
    }
  }
  return stages
}

function instructionsOf(text: string): Instruction[] {
  const withoutComments = text.replaceAll(/^\s*#.*\n/gm, '')
  return withoutComments
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => /^\s*(\w+)\s+(.*)$/.exec(line))
    .flatMap((match) =>
      match === null ? [] : [{ keyword: (match[1] ?? '').toUpperCase(), text: (match[2] ?? '').trim() }],
    )
}

/** The texts of all instructions of a kind, in order. */
export function textsOf(stage: Stage, keyword: string): string[] {
  return stage.instructions.filter((instruction) => instruction.keyword === keyword).map(({ text }) => text)
}

/** Names and values of a stage's ENV instructions. */
export function environmentOf(stage: Stage): Map<string, string> {
  const pairs = textsOf(stage, 'ENV').flatMap((text) => [...text.matchAll(/(\w+)=(\S+)/g)])
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]))
}
