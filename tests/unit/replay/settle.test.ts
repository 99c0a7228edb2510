import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { settle } from '../../../src/replay/settle.ts'

const never = () => undefined

async function turns(count: number): Promise<void> {
  for (let k = 0; k < count; k++) await setImmediate()
}

describe('coming to rest', () => {
  it('is when all has been quiet for some turns of the loop', async () => {
    let restless = 5
    let asked = 0
    await settle({ isQuiet: () => ++asked > 0 && --restless < 0, flush: never, answer: never }, 0)
    expect(asked).toBe(8)
  })

  it('sleeps while a thread works, instead of asking it again and again', async () => {
    let asked = 0
    let wake = () => {}
    let working: Promise<void> | undefined = new Promise((resolve) => {
      wake = resolve
    })
    const rest = settle({ isQuiet: () => ++asked > 0, flush: never, answer: () => working }, 0)
    await turns(20)
    expect(asked).toBe(0)
    working = undefined
    wake()
    await rest
    expect(asked).toBe(3)
  })

  it('commits what waits before it hears a thread out', async () => {
    const done: string[] = []
    const commits = ['commit']
    const answers = ['answer']
    const next = (from: string[]) => {
      const what = from.shift()
      return what === undefined ? undefined : Promise.resolve().then(() => void done.push(what))
    }
    await settle({ isQuiet: () => true, flush: () => next(commits), answer: () => next(answers) }, 0)
    expect(done).toEqual(['commit', 'answer'])
  })
})
