import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { faultTests } from './apply/faults.ts'
import { planTests } from './apply/plan.ts'
import { resumeTests } from './apply/resume.ts'
import { scopeTests } from './apply/scope.ts'
import { stage } from './apply/support.ts'

beforeAll(() => stage.prepare())
afterEach(() => stage.server.stop())
afterAll(() => stage.files.remove())

describe('plan', planTests)
describe('scope', scopeTests)
describe('faults', faultTests)
describe('cut short', resumeTests)
