import type { z } from 'zod'

/** What was learned under a name, as it was kept; undefined where nothing was, or nothing that is understood now. */
export function readLearned<T>(
  learned: ReadonlyMap<string, string>,
  name: string,
  schema: z.ZodType<T>,
): T | undefined {
  const json = learned.get(name)
  if (json === undefined) return undefined
  try {
    return schema.safeParse(JSON.parse(json)).data
  } catch {
    // What another version wrote is learned anew.
    return undefined
  }
}
