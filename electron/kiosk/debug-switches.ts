/** Ways to start the program that would open the kiosk: it refuses to run with them. */

const switches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-wait',
  'inspect-publish-uid',
  'auto-open-devtools-for-tabs',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-seccomp-filter-sandbox',
  'single-process',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'enable-blink-features',
  'enable-logging',
  'log-net-log',
  'ssl-key-log-file',
  'proxy-server',
  'host-rules',
  'use-file-for-fake-video-capture',
  'trace-startup',
]

const variables = [
  'ELECTRON_RUN_AS_NODE',
  'NODE_OPTIONS',
  'ELECTRON_RENDERER_URL',
  'SSLKEYLOGFILE',
  'ELECTRON_ENABLE_LOGGING',
]

interface Start {
  hasSwitch: (name: string) => boolean
  argv: readonly string[]
  environment: NodeJS.ProcessEnv
  /** A program that was installed, not one that is being developed. */
  packaged: boolean
}

/**
 * What of the way the program was started would open the kiosk; empty when nothing does. Tests drive the app through
 * such a switch: with `BANMIAN_KIOSK_TEST=1` they are let through, but never in a packaged app.
 */
export function openingSwitches({ hasSwitch, argv, environment, packaged }: Start): string[] {
  if (!packaged && environment['BANMIAN_KIOSK_TEST'] === '1') return []
  // Chromium takes one dash as well, and on Windows a slash.
  const given = (name: string): boolean => argv.some((word) => new RegExp(`^(--?|/)${name}(=|$)`, 'i').test(word))
  const words = switches.filter((name) => hasSwitch(name) || given(name))
  // Electron itself sets this one on every start.
  if (given('allow-file-access-from-files')) words.push('allow-file-access-from-files')
  const set = variables.filter((name) => (environment[name] ?? '') !== '')
  return [...words.map((name) => `--${name}`), ...set]
}
