#!/usr/bin/env node
import { CommanderError } from 'commander'
import { buildProgram } from './cli/program.ts'
import { leaveWhenUnread } from './cli/terminal.ts'

leaveWhenUnread()
try {
  await buildProgram().parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // commander has said what is wrong; its 1 would mean that a run failed.
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
