import { describe, expect, it } from 'vitest'
import { createWorkQueue } from '../../../src/controller/work-queue.ts'

/** A queue, and what was done in it. */
function queueOf() {
  const said: string[] = []
  const queue = createWorkQueue((error) => said.push(String(error)))
  const does = (what: string) => async () => {
    said.push(what)
    await Promise.resolve()
    said.push(`/${what}`)
  }
  return { said, queue, does }
}

describe('the queue of turns and orders', () => {
  it('does one piece of work after the other, in the order they came', async () => {
    const { said, queue, does } = queueOf()
    void queue.add(does('a'))
    await queue.add(does('b'))
    expect(said).toEqual(['a', '/a', 'b', '/b'])
  })

  it('does patient work last', async () => {
    const { said, queue, does } = queueOf()
    void queue.addPatient(does('order'))
    void queue.add(does('turn'))
    await queue.end()
    expect(said).toEqual(['turn', '/turn', 'order', '/order'])
  })

  it('lets others pass between the steps of patient work, but no other that is patient', async () => {
    const { said, queue, does } = queueOf()
    const order = queue.addPatient(async () => {
      said.push('plan')
      void queue.add(does('turn'))
      void queue.addPatient(does('other'))
      await Promise.resolve()
      await queue.letPass()
      said.push('plan')
    })
    await order
    await queue.end()
    expect(said).toEqual(['plan', 'turn', '/turn', 'plan', 'other', '/other'])
  })

  it('says what failed and goes on, whoever was passing whom', async () => {
    const { said, queue, does } = queueOf()
    const fails = () => Promise.reject(new Error('no plan'))
    await queue.addPatient(async () => {
      void queue.add(fails)
      await queue.letPass()
      throw new Error('no order')
    })
    await queue.add(does('turn'))
    expect(said).toEqual(['Error: no plan', 'Error: no order', 'turn', '/turn'])
  })

  it('is idle when nothing waits and nothing is under way', async () => {
    const { queue, does } = queueOf()
    expect(queue.isIdle).toBe(true)
    const work = queue.addPatient(does('order'))
    expect(queue.isIdle).toBe(false)
    await work
    expect(queue.isIdle).toBe(true)
    await queue.end()
  })
})
