import type { Command } from 'commander'
import { pino } from 'pino'
import { tokenOption } from './api-token.ts'
import { runExport } from './export.ts'
import { say } from './terminal.ts'

/** `export`: records of a store, or of the controller that has it open, as CSV or Parquet. */
export function exportCommand(program: Command, defaultUrl: string, exitWith: (code: number) => void): void {
  program
    .command('export')
    .description('write the records of a store as CSV or Parquet')
    .option(
      '--table <name>',
      'telemetry, zones, leases, plans, forecasts, acks, orders, ledger, rejections or audit',
      'telemetry',
    )
    .option('--format <format>', 'csv or parquet', 'csv')
    .option('--from <instant>', 'epoch ms, or ISO 8601 with an offset')
    .option('--to <instant>', 'epoch ms, or ISO 8601 with an offset')
    .option('--building <id>')
    .option('--out <file>', 'a file, or - for stdout', '-')
    .option('--store <file>', 'the database', 'data/heatflex.duckdb')
    .option('--url <url>', 'where the controller answers that has it open', defaultUrl)
    .addOption(tokenOption())
    .action(async ({ out, store, url, token, ...asked }) => {
      const log = pino({ level: 'warn' }, pino.destination(2))
      const outcome = await runExport({
        asked,
        out,
        storePath: store,
        controllerUrl: url,
        token,
        stdout: process.stdout,
        log,
      })
      switch (outcome.kind) {
        case 'written':
          return exitWith(0)
        case 'bad-input':
          for (const fault of outcome.faults) say(fault)
          return exitWith(2)
        case 'failed':
          say(outcome.why)
          return exitWith(3)
        default:
          return outcome satisfies never
      }
    })
}
