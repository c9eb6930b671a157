import type { Component } from 'vue'
import type { Router } from 'vue-router'
import KioskApp from './KioskApp.vue'
import { kioskRouter } from './kiosk-router.ts'
import { kioskTexts } from './kiosk-texts.ts'
import './kiosk.css'

/** What main.ts mounts in a reading room in place of the staff's app; nothing of it is loaded elsewhere. */
export const kioskRoot: { root: Component; router: Router; texts: typeof kioskTexts } = {
  root: KioskApp,
  router: kioskRouter,
  texts: kioskTexts,
}
