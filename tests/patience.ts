import { vi } from 'vitest'

// A second is no time on a machine that others use too; what is waited for still has to come.
const PATIENCE_MS = 10_000
const waitFor = vi.waitFor.bind(vi)
vi.waitFor = (callback, options = PATIENCE_MS) => waitFor(callback, options)
