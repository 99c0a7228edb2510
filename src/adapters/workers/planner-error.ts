/** Why a thread gave no answer: it died, it took longer than it was given, or nobody is asked any more. */
export type NoAnswer = 'died' | 'silent' | 'stopped'

export class PlannerError extends Error {
  override readonly name = 'PlannerError'
  readonly why: NoAnswer

  constructor(why: NoAnswer, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}
