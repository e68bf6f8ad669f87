import type { Argument, Command, Option } from 'commander'
import { createProgram } from '../../src/cli/program.ts'
import { EXIT_CODE_MEANINGS } from '../../src/report/exit-codes.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** The page of all commands with their arguments and flags. */
export async function commandsPage(): Promise<string> {
  const nowhere = { write: () => true }
  const program = await createProgram({ env: {}, streams: { out: nowhere, err: nowhere }, end: () => {} })
  const commands = leavesOf(program, 'assay')
  return `${GENERATED}

# Commands

${markdownTable(
  ['Command', 'Does'],
  commands.map(({ name, command }) => [
    `[${code(name)}](#${name.replaceAll(' ', '-')})`,
    command.description(),
  ]),
)}

Exit codes, the same for all commands:

${markdownTable(
  ['Code', 'Meaning'],
  Object.entries(EXIT_CODE_MEANINGS).map(([number, meaning]) => [number, meaning]),
)}

Reports go to standard output, and what stood in the way of any to standard error.

${commands.map(section).join('\n\n')}
`
}

/** A command that does something by itself, with the names that lead to it. */
interface Leaf {
  readonly name: string
  readonly command: Command
}

function leavesOf(parent: Command, name: string): Leaf[] {
  return parent.commands.flatMap((command): Leaf[] => {
    const whole = `${name} ${command.name()}`
    return command.commands.length > 0 ? leavesOf(command, whole) : [{ name: whole, command }]
  })
}

function section({ name, command }: Leaf): string {
  const names = command.registeredArguments.map(argumentName)
  return [
    `## ${name}`,
    `${code([name, ...names, '[flags]'].join(' '))}: ${command.description()}.`,
    ...argumentTable(command.registeredArguments),
    ...optionTable(command.options),
  ].join('\n\n')
}

function argumentName(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

function argumentTable(args: readonly Argument[]): string[] {
  if (args.length === 0) return []
  return [
    markdownTable(
      ['Argument', 'Meaning'],
      args.map((argument) => [code(argumentName(argument)), argument.description]),
    ),
  ]
}

function optionTable(options: readonly Option[]): string[] {
  if (options.length === 0) return []
  const rows = options.map((option) => [code(option.flags), meaningOf(option), defaultOf(option)])
  return [markdownTable(['Flag', 'Meaning', 'Default'], rows)]
}

function meaningOf({ description, argChoices }: Option): string {
  return argChoices ? `${description}: ${argChoices.map(code).join(', ')}` : description
}

function defaultOf({ defaultValue, defaultValueDescription }: Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription
  return defaultValue === undefined ? '' : code(String(defaultValue))
}
