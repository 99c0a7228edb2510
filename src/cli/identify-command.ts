import { type Command, InvalidArgumentError, Option } from 'commander'
import { BUILDING_KINDS } from '../core/domain/building.ts'
import { runIdentify } from './identify.ts'

/** `identify`: a building's model from a file of its telemetry. */
export function identifyCommand(program: Command, exitWith: (code: number) => void): void {
  program
    .command('identify')
    .description('fit the building model; parameters with their uncertainty, and whether it may be steered')
    .argument('<telemetry>', 'CSV: at,indoorC,heatKw,outdoorC[,solarWm2][,gainsKw][,supplyC]')
    .option('--validate <file>', 'other telemetry of the same building, to be predicted')
    .option('--json', 'print one JSON document on stdout')
    .addOption(new Option('--kind <kind>', 'what is believed beforehand').choices(BUILDING_KINDS))
    .option('--area <m2>', 'heated floor area, m²', positive)
    .option('--year <year>', 'year of building', positive)
    .addOption(
      new Option(
        '--power <interval>',
        'whether powers are means of what ends or starts at their row',
      ).choices(['ends', 'starts']),
    )
    .action(async (telemetry, options) => exitWith(await runIdentify({ telemetry, ...options })))
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < 1e7)) throw new InvalidArgumentError('must be a positive number')
  return value
}
