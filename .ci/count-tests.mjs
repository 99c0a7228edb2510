// Adds up vitest's accounts; a test that was left out without a reason known here is a failure.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Tests that may be left out, and why. */
const MAY_BE_LEFT_OUT = [
  {
    test: /says that the folder is read-only|goes on when there is room/,
    why: 'mounting a file system needs more rights than some machines give',
  },
  {
    test: /in memory.*goes on after a restart/,
    why: 'a store in memory does not outlive its process; the same test runs on one on disk',
  },
]

const [folder = '.'] = process.argv.slice(2)
const lines = (name) => {
  const path = join(folder, name)
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}

let passed = 0
const failures = []
const broken = lines('broken')

for (const run of lines('expected')) {
  const path = join(folder, `${run}.json`)
  if (!existsSync(path)) {
    failures.push(`${run}: no account of its tests`)
    continue
  }
  for (const file of JSON.parse(readFileSync(path, 'utf8')).testResults) count(run, file)
}
// A step that failed without a failed test behind it, such as the linter or the compiler.
if (broken.length > 0 && failures.length === 0) failures.push(...broken)
if (passed === 0 && failures.length === 0) failures.push('no test ran')

for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

function count(run, { name, status, message, assertionResults }) {
  const place = `${run}: ${relative('.', name)}`
  if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
    failures.push(`${place}: ${message.split('\n')[0]}`)
  }
  for (const test of assertionResults) {
    const title = `${place}: ${test.fullName}`
    if (test.status === 'passed') passed += 1
    else if (test.status === 'failed') failures.push(title)
    else if (!mayBeLeftOut(test.fullName)) failures.push(`${title} (left out)`)
  }
}

function mayBeLeftOut(title) {
  const known = MAY_BE_LEFT_OUT.find(({ test }) => test.test(title))
  if (known) console.log(`left out, ${known.why}: ${title}`)
  return known !== undefined
}
