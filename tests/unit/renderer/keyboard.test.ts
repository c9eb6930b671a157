import { expect, it } from 'vitest'
import { keyCap, matchesKey } from '../../../renderer/shared/keyboard.ts'

const stroke = (key: string, ...held: ('shift' | 'ctrl' | 'alt' | 'meta')[]) => ({
  key,
  shiftKey: held.includes('shift'),
  ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'),
  metaKey: held.includes('meta'),
})

it('takes letters whatever caps lock says, but tells shift apart', () => {
  expect(matchesKey('N', stroke('n'))).toBe(true)
  expect(matchesKey('n', stroke('N'))).toBe(true)
  expect(matchesKey('N', stroke('N', 'shift'))).toBe(false)
  expect(matchesKey('Shift+N', stroke('N', 'shift'))).toBe(true)
  expect(matchesKey('Shift+N', stroke('n'))).toBe(false)
})

it('takes signs however the keyboard makes them', () => {
  expect(matchesKey('?', stroke('?', 'shift'))).toBe(true)
  expect(matchesKey('+', stroke('+', 'shift'))).toBe(true)
  expect(matchesKey('+', stroke('+'))).toBe(true)
  expect(matchesKey('/', stroke('/'))).toBe(true)
  expect(matchesKey('[', stroke('[', 'alt'))).toBe(false)
})

it('tells modifiers apart', () => {
  expect(matchesKey('ArrowLeft', stroke('ArrowLeft'))).toBe(true)
  expect(matchesKey('ArrowLeft', stroke('ArrowLeft', 'alt'))).toBe(false)
  expect(matchesKey('Alt+ArrowLeft', stroke('ArrowLeft', 'alt'))).toBe(true)
  expect(matchesKey('Shift+ArrowLeft', stroke('ArrowLeft'))).toBe(false)
  expect(matchesKey('Ctrl+O', stroke('o', 'ctrl'))).toBe(true)
  expect(matchesKey('Ctrl+O', stroke('o', 'meta'))).toBe(true)
  expect(matchesKey('O', stroke('o', 'ctrl'))).toBe(false)
  expect(matchesKey('Ctrl++', stroke('+', 'ctrl', 'shift'))).toBe(true)
})

it('prints keys as on their caps', () => {
  expect(keyCap('Alt+ArrowLeft')).toBe('Alt ←')
  expect(keyCap('Ctrl++')).toBe('Ctrl +')
  expect(keyCap('-')).toBe('−')
  expect(keyCap('Enter')).toBe('↵')
})
