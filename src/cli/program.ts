import { Command, InvalidArgumentError } from 'commander'
import { version } from '../version.ts'
import { tokenOption } from './api-token.ts'
import { runConfigCheck } from './config-check.ts'
import { exportCommand } from './export-command.ts'
import { identifyCommand } from './identify-command.ts'
import { runInspect } from './inspect/inspect.ts'
import { INSPECT_KINDS } from './inspect/kinds.ts'
import { orderCommand } from './order-command.ts'
import { runPassword } from './password.ts'
import { runReplay } from './replay.ts'
import { runSimulate } from './simulate.ts'
import { runStart } from './start.ts'
import { runStatus } from './status.ts'
import { say, untilSignal } from './terminal.ts'

const DEFAULT_URL = 'http://127.0.0.1:8080'

/** `heatflex <command>`: one line a command, what each does is in its own file. */
export function buildProgram(): Command {
  const program = new Command('heatflex')
    .description("A city's buildings as one power plant")
    .version(version)
    .exitOverride()
    .showHelpAfterError()
  program
    .command('start')
    .description('the controller; without a configuration: a simulated street on this machine')
    .option('--config <file>', 'configuration in YAML')
    .option('--speed <n>', 'how fast a simulated fleet lives: 60 makes an hour a minute', speed, 1)
    .action(async (options) => exitWith(await runStart(options)))
  program
    .command('simulate')
    .description('only the simulated fleet, against any broker')
    .option('--config <file>', 'configuration in YAML')
    .action(async (options) => exitWith(await runSimulate({ ...options, signal: untilSignal(), say })))
  program
    .command('replay')
    .description('the controller against simulated buildings on a virtual clock')
    .argument('<scenario>', 'scenario in YAML')
    .option('--out <dir>', 'where the report goes', 'out')
    .option('--json', 'print report.json on stdout')
    .option('--workers <n>', 'planner threads', count, 2)
    .option('--forecast-errors', 'also with perfect, low, medium and high forecast error: three runs more')
    .action(async (scenario, options) => exitWith(await runReplay({ scenario, ...options })))
  program
    .command('inspect')
    .description('what we make of a recorded answer of a market or another service')
    .argument('<kind>', `${Object.keys(INSPECT_KINDS).join(', ')}`)
    .argument('<file>', 'the answer as it was recorded; - is stdin')
    .requiredOption('--as <provider>', 'whose answer it is')
    .option('--zone <zone>', 'which of its zones; the first where left out')
    .option('--json', 'print one JSON document')
    .action(async (kind, file, options) => exitWith(await runInspect({ kind, file, ...options })))
  program
    .command('status')
    .description('what a running controller is doing')
    .option('--url <url>', 'where it answers', DEFAULT_URL)
    .addOption(tokenOption())
    .option('--json', 'print the fleet as JSON')
    .action(async (options) => exitWith(await runStatus(options)))
  orderCommand(program, DEFAULT_URL, exitWith)
  exportCommand(program, DEFAULT_URL, exitWith)
  identifyCommand(program, exitWith)
  program
    .command('config')
    .description('configuration')
    .command('check')
    .description('names every fault of a configuration')
    .argument('<file>')
    .action(async (file) => exitWith(await runConfigCheck(file)))
  program
    .command('password')
    .description('a line for the passwords file; the password is read from stdin')
    .argument('<id>', 'building id, or operator/NAME')
    .action(async (id) => exitWith(await runPassword(id)))
  return program
}

function exitWith(code: number): void {
  process.exitCode = code
}

function speed(text: string): number {
  const value = Number(text)
  if (!(value >= 0.1 && value <= 3600)) throw new InvalidArgumentError('must be 0.1 to 3600')
  return value
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 64) throw new InvalidArgumentError('must be 1 to 64')
  return value
}
