#!/usr/bin/env node
/** The command line in a clone: builds what is missing, then runs it. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ensurePackages, root } from './setup.mjs'
import { ensureBuilt } from './build.mjs'

ensurePackages()
ensureBuilt()
createRequire(import.meta.url)(join(root, 'out/main/banmian.cjs'))
